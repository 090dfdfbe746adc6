from odoo.tests import freeze_time, tagged

from .open_data_common import CONTRACTOR_SIRET, OTHER_SIRET, REGION_SIRET, TODAY, OpenDataCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestOpenData(OpenDataCommon):
    """What the file says of each kind of contract, held against the official schema."""

    def test_a_works_order(self):
        order = self._new_contract()
        self.assertFalse(order.essential_problems)
        [contract] = self._file()["marche"]
        self.assertEqual(
            contract,
            {
                "id": order.name,
                "acheteur": {"id": REGION_SIRET},
                "nature": "Marché",
                "objet": "Réfection du gymnase (exemple inventé)",
                "codeCPV": "45210000-2",
                "techniques": {"technique": ["Sans objet"]},
                "modalitesExecution": {"modaliteExecution": ["Sans objet"]},
                "marcheInnovant": False,
                "ccag": "Travaux",
                "offresRecues": 3,
                "attributionAvance": False,
                "typeGroupementOperateurs": "Pas de groupement",
                "sousTraitanceDeclaree": False,
                "procedure": "Appel d'offres ouvert",
                "lieuExecution": {"code": "86194", "typeCode": "Code commune"},
                "dureeMois": 6,
                "dateNotification": "2026-10-05",
                "datePublicationDonnees": "2026-11-20",
                "montant": 250000,
                "typesPrix": {"typePrix": ["Définitif révisable"]},
                "formePrix": "Forfaitaire",
                "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": CONTRACTOR_SIRET}}],
                "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
                "considerationsEnvironnementales": {"considerationEnvironnementale": ["Clause environnementale"]},
            },
        )

    def test_a_framework_agreement(self):
        agreement = self._new_framework()
        self.assertFalse(agreement.essential_problems)
        [contract] = self._file()["marche"]
        self.assertEqual(contract["techniques"], {"technique": ["Accord-cadre"]})
        self.assertEqual(contract["modalitesExecution"], {"modaliteExecution": ["Bons de commande"]})
        self.assertEqual(contract["objet"], "Entretien des espaces verts (exemple inventé)")
        self.assertEqual((contract["dureeMois"], contract["montant"]), (24, 600000))
        self.assertEqual(contract["considerationsSociales"], {"considerationSociale": ["Pas de considération sociale"]})

    def test_a_concession(self):
        order = self._new_concession()
        self._new_clause(order, lever="reserved_inclusion")
        self.assertFalse(order.essential_problems)
        marches = self._file()
        self.assertEqual(marches["marche"], [])
        [concession] = marches["contrat-concession"]
        self.assertEqual(concession["autoriteConcedante"], {"id": REGION_SIRET})
        self.assertEqual(concession["nature"], "Concession de service public")
        self.assertEqual((concession["valeurGlobale"], concession["montantSubventionPublique"]), (900000, 0))
        self.assertEqual((concession["dateSignature"], concession["dateDebutExecution"]), ("2026-10-01", "2026-12-01"))
        self.assertEqual(concession["considerationsSociales"], {"considerationSociale": ["Concession réservée"]})

    def test_modifications_follow_their_contract(self):
        order = self._new_contract()
        self._modify(order, "2026-11-02", amount=300_000)
        self._modify(order, "2026-11-10", duration=8, holder_ids=self.other_contractor.ids)
        [contract] = self._file()["marche"]
        self.assertEqual(
            contract["modifications"],
            [
                {
                    "modification": {
                        "id": 1,
                        "dateNotificationModification": "2026-11-02",
                        "datePublicationDonneesModification": "2026-11-20",
                        "montant": 300000,
                    }
                },
                {
                    "modification": {
                        "id": 2,
                        "dateNotificationModification": "2026-11-10",
                        "datePublicationDonneesModification": "2026-11-20",
                        "dureeMois": 8,
                        "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": OTHER_SIRET}}],
                    }
                },
            ],
        )
