from odoo import api, models
from odoo.tools import SQL, clean_context

from ...engine.coverage import smallest_around
from ...engine.files.communes import HEADINGS, HELD_BY, CommuneFile
from ...engine.text import folded


class ClauseInsertionCommuneFile(models.TransientModel):
    """Loads official files: communes, postcodes, inter-municipalities, employment zones, neighbourhoods.

    35,000 communes are written in as many queries as 35: only new territories are created one batch at a time.
    """

    _name = "clause.insertion.commune.file"
    _inherit = "clause.insertion.file"
    _description = "Official file of communes and territories"

    def _headings(self):
        return HEADINGS

    def _read_rows(self, rows):
        file = CommuneFile(rows, self._known_communes(), self._known_territories())
        return file, file.problems

    def _messages(self):
        return {
            **super()._messages(),
            "not_a_commune": self.env._("This is not the INSEE code of a commune, such as 86194, 2A004 or 97105."),
            "not_a_postcode": self.env._("This is not a postcode of five digits."),
            "not_its_department": self.env._("By its code, this commune is in department %(expected)s."),
            "not_an_epci": self.env._("This is not the number of an inter-municipality: nine digits, a valid SIREN."),
            "not_an_employment_zone": self.env._("This is not the number of an employment zone: four digits."),
            "not_a_qpv": self.env._("This is not the code of a neighbourhood: eight letters and digits at most."),
            "no_name": self.env._("%(code)s is not known yet: the file must name it."),
        }

    @api.model
    def _known_communes(self):
        """``{code: name}``, archived ones too: their codes are taken."""
        communes = self.env["clause.insertion.commune"].with_context(active_test=False)
        return {commune.code: commune.name for commune in communes.search_fetch([], ["code", "name"])}

    @api.model
    def _known_territories(self):
        territories = self.env["clause.insertion.territory"].with_context(active_test=False)
        return {(place.kind, place.code): place for place in territories.search_fetch([], ["kind", "code", "name"])}

    def _write_rows(self, read):
        self.check_access("write")
        # As superuser: an officer loads the official files without being able to change one territory by hand,
        # nor by defaults of its context.
        as_superuser = self.env(su=True, context=clean_context(self.env.context))
        return self.with_env(as_superuser)._write_places(read)

    def _write_places(self, file):
        before = self._known_territories()
        territories, renamed = self._write_territories(file, before)
        new, changed = self._write_communes(file)
        moved = self._hold(file, territories)
        self.env.invalidate_all()
        placed = self._place_territories(file, territories)
        kinds = dict(self.env["clause.insertion.territory"]._fields["kind"]._description_selection(self.env))
        added = [key for key in file.names if key not in before]
        return [
            [self.env._("What"), self.env._("New"), self.env._("Changed"), self.env._("In the file")],
            [self.env._("Communes"), len(new), len((changed | moved) - new), len(file.communes)],
            *(
                [
                    kinds[kind],
                    sum(key[0] == kind for key in added),
                    sum(key[0] == kind for key in renamed | placed - set(added)),
                    sum(key[0] == kind for key in file.names),
                ]
                for kind in (*HELD_BY, "qpv")
            ),
        ]

    # -- territories -------------------------------------------------------------------------------

    def _write_territories(self, file, known):
        """Create what is new, rename what is named otherwise; return them by (kind, code), and those renamed."""
        missing = [key for key in file.names if key not in known]
        created = self.env["clause.insertion.territory"].create(
            [{"kind": kind, "code": code, "name": file.names[kind, code]} for kind, code in missing]
        )
        renamed = {
            key for key, name in file.names.items() if key in known and name and folded(name) != folded(known[key].name)
        }
        for key in renamed:
            known[key].name = file.names[key]
        return known | dict(zip(missing, created, strict=True)), renamed

    def _place_territories(self, file, territories):
        """Put each territory within the smallest one that holds all its communes.

        One that lies within a territory of its own kind was put there by hand, and stays.
        """
        held = self._areas_of_communes([key for key in file.names if key[0] in HELD_BY], territories)
        held |= self._areas_of_neighbourhoods(file)
        moved = {}
        for key, areas in held.items():
            place = territories[key]
            around = set.intersection(*areas) if areas else set()
            found = smallest_around(around, key[0])
            parent = place.parent_id
            if found and parent.id not in {area.id for area in around} and parent.kind != place.kind:
                moved.setdefault(found, []).append(key)
        for parent, keys in moved.items():
            self.env["clause.insertion.territory"].union(*(territories[key] for key in keys)).parent_id = parent
        return {key for keys in moved.values() for key in keys}

    def _areas_of_communes(self, keys, territories):
        """The departments, and what lies around them, of each territory's communes, of this file or of another."""
        # Few sets of territories for many communes, and no join: its plan would rest on figures not known yet.
        together = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ARRAY_AGG(territory_id ORDER BY territory_id)
                  FROM clause_insertion_commune_territory_rel GROUP BY commune_id
                """
            )
        )
        departments = {place.id: place._areas() for (kind, _code), place in territories.items() if kind == "department"}
        by_id = {territories[key].id: key for key in keys}
        found = {}
        for (ids,) in together:
            for key in (by_id[id_] for id_ in ids if id_ in by_id):
                found.setdefault(key, []).extend(departments[id_] for id_ in ids if id_ in departments)
        return found

    def _areas_of_neighbourhoods(self, file):
        """The territories that hold each of the communes that the file names for a neighbourhood."""
        named = set().union(*file.qpvs.values())
        communes = self.env["clause.insertion.commune"].search([("code", "in", list(named))])
        areas = communes._areas()
        by_code = {commune.code: areas[commune.id] for commune in communes}
        return {("qpv", code): [by_code[one] for one in codes if one in by_code] for code, codes in file.qpvs.items()}

    # -- communes ----------------------------------------------------------------------------------

    def _write_communes(self, file):
        """One statement; a name written in capitals does not replace the same one written well."""
        known = self._known_communes()
        rows = [
            (commune.code, self._kept_name(commune, known.get(commune.code)), " ".join(sorted(commune.postcodes)))
            for commune in file.communes.values()
        ]
        found = self.env.execute_query(
            SQL(
                """
                INSERT INTO clause_insertion_commune AS commune
                       (code, name, postcodes, active, create_uid, write_uid, create_date, write_date)
                SELECT code, name, NULLIF(postcodes, ''), TRUE, %(user)s, %(user)s, NOW(), NOW()
                  FROM UNNEST(%(codes)s, %(names)s, %(postcodes)s) AS line(code, name, postcodes)
                    ON CONFLICT (code) DO UPDATE
                   SET name = excluded.name, postcodes = COALESCE(excluded.postcodes, commune.postcodes),
                       write_uid = excluded.write_uid, write_date = excluded.write_date
                 WHERE commune.name <> excluded.name
                    OR commune.postcodes IS DISTINCT FROM COALESCE(excluded.postcodes, commune.postcodes)
                RETURNING code
                """,
                user=self.env.uid,
                **{key: [row[at] for row in rows] for at, key in enumerate(("codes", "names", "postcodes"))},
            )
        )
        written = {code for (code,) in found}
        return written - known.keys(), written & known.keys()

    @api.model
    def _kept_name(self, commune, known):
        return known if known and folded(commune.name) in ("", folded(known)) else commune.name

    def _hold(self, file, territories):
        """Say which territories hold each commune; return the codes of those for which it changed."""
        pairs = [
            (commune.code, territories[kind, code].id)
            for commune in file.communes.values()
            for kind, code in (("department", commune.department), *commune.held.items())
            if (kind, code) in territories
        ]
        # Tables that were empty a moment ago: PostgreSQL must know that they no longer are.
        self.env.cr.execute("ANALYZE clause_insertion_commune, clause_insertion_commune_territory_rel")
        found = self.env.execute_query(
            SQL(
                """
                WITH wanted AS (
                    SELECT commune.id AS commune_id, commune.code, territory.id AS territory_id, territory.kind
                      FROM UNNEST(%(codes)s, %(territories)s) AS line(code, territory_id)
                      JOIN clause_insertion_commune AS commune USING (code)
                      JOIN clause_insertion_territory AS territory ON territory.id = line.territory_id
                ), gone AS (
                    DELETE FROM clause_insertion_commune_territory_rel AS held
                     USING wanted, clause_insertion_territory AS former
                     WHERE held.commune_id = wanted.commune_id AND former.id = held.territory_id
                       AND former.kind = wanted.kind AND former.id <> wanted.territory_id
                ), added AS (
                    INSERT INTO clause_insertion_commune_territory_rel (commune_id, territory_id)
                    SELECT commune_id, territory_id FROM wanted
                        ON CONFLICT DO NOTHING
                    RETURNING commune_id
                )
                SELECT DISTINCT wanted.code FROM wanted JOIN added USING (commune_id)
                """,
                codes=[code for code, _territory in pairs],
                territories=[territory for _code, territory in pairs],
            )
        )
        return {code for (code,) in found}
