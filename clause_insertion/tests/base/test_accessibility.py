from importlib.util import find_spec
from pathlib import Path

from odoo.tests import HttpCase, tagged

from ..hours_import.common import ImportCommon

RUN = """
for (const details of document.querySelectorAll("details")) {
    details.open = true;
}
const widest = document.documentElement.scrollWidth;
if (innerWidth !== WIDTH || widest > WIDTH) {
    console.error(`${widest} px wide in a window of ${innerWidth} instead of WIDTH`);
}
axe.run({exclude: ["footer"]}, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).then(({violations}) => {
    for (const {id, help, nodes} of violations) {
        console.error(`${id}: ${help}\\n${nodes.map((node) => node.html).join("\\n")}`);
    }
    if (!violations.length) {
        console.log("test successful");
    }
});
"""


class PortalAccessibility(ImportCommon, HttpCase):
    """The portal's pages under axe-core, as French public bodies must make them (RGAA, WCAG 2.1 A and AA).

    At any width nothing is to be scrolled sideways, which axe-core does not look at.
    Without Odoo's footer: its choice of a language lacks contrast, whatever the page.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        axe = Path(find_spec("axe_playwright_python").origin).with_name("axe.min.js")
        cls.code = axe.read_text(encoding="utf-8") + RUN.replace("WIDTH", cls.browser_size.partition("x")[0])
        cls.draft = cls._new_declaration(cls.clause, "2026-09-01", {cls.person: 120})
        cls.submitted = cls._new_declaration(cls.clause, "2026-08-01", {cls.person: 300})
        cls.submitted.action_submit()
        cls.request = cls._new_request(cls.clause, date_start="2027-01-04", skills="Coffrage")
        cls.request.with_user(cls.user_facilitator).action_propose(cls._new_participant(lastname="Modèle").ids)
        cls.draft_hire = (
            cls.env["clause.insertion.employment"]
            .with_user(cls.user_contractor)
            .create({"participant_id": cls.person.id, "clause_ids": cls.clause.ids, "date_start": "2027-01-04"})
        )
        cls.files = [cls._sent(cls._row(month="09/2026", hours=hours)) for hours in ("999", "7", "8")]
        cls.files[-1].action_import()
        cls.person.proof_ids[0].copy()
        cls.env["clause.insertion.contact"].with_user(cls.user_portal_relay).create(
            {"participant_id": cls.person.id, "subject": "Permis", "note": "Rappeler"}
        )
        handed = {"participant_id": cls._new_participant().id, "to_id": cls.other_relay.id, "reason": "Déménagement"}
        cls.env["clause.insertion.handover"].with_user(cls.user_portal_relay).create(handed)
        cls.people = [cls.person, *(cls._new_participant(birthdate="1990-01-31", proof_ids=[]) for _twice in range(2))]
        cls._new_convention()
        cls._new_meeting(cls.relay, cls.contractor, minutes="<p>Compte rendu</p>")
        cls.training = cls._new_training(
            cls.relay, cls.contractor, date_start="2027-01-12 08:00:00", date_stop="2027-01-12 12:00:00"
        )
        cls._register(cls.training, cls.user_contractor, attendee_name="Sam Exemple")
        meeting = cls.env.ref("clause_insertion.penalty_rule_meeting")
        cls.penalties = [cls._new_penalty(cls.clause, meeting).with_user(cls.user_officer) for _twice in range(2)]
        for penalty in cls.penalties:
            penalty.action_notify()
        cls.penalties[0].action_reply("Reçu.")
        cls.penalties[0].action_reduce("Premier manquement.", 250)

    @classmethod
    def _sent(cls, *rows):
        Import = cls.env["clause.insertion.import"].with_user(cls.user_contractor)
        return Import._create_from_portal("heures.csv", cls._content(*rows).encode())

    def _check(self, user, *pages):
        for page in pages:
            with self.subTest(page=page, user=user.login):
                self._check_page(page, user)

    def _check_page(self, page, user):
        ready = "document.readyState === 'complete' && Boolean(document.querySelector('#wrap'))"
        try:
            self.browser_js(page, self.code, ready, login=user.login)
        except AssertionError as error:  # without the source of axe-core, which Odoo repeats before what it says
            self.fail(str(error).rpartition(" failed\n\n")[2])

    def _check_desks(self):
        clause = self.clause.access_url
        shared = [f"/my{page}" for page in ("/insertion-clauses", "/insertion-declarations", "/insertion-requests")]
        shared += ["/my/insertion-network", self.training.access_url]
        shared += [clause, self.submitted.access_url, f"/my/insertion-hires/{self.employment.id}"]
        hire = f"{self.request.access_url}/hire/{self.request.candidate_ids.id}"
        self._check(self.user_portal_relay, *shared, self.request.access_url, self.draft_hire.access_url)
        self._check(self.user_contractor, *shared, self.draft.access_url, f"{clause}/ask", f"{clause}/hire")
        self._check(self.user_contractor, self.request.access_url, hire)
        self._check(self.user_contractor, "/my/insertion-hours-files", *(file.access_url for file in self.files))
        self._check(self.user_contractor, *(penalty.access_url for penalty in self.penalties))
        people = "/my/insertion-people"
        self._check(self.user_portal_relay, people, f"{people}/new", *(person.access_url for person in self.people))
        self._check(self.user_contractor, "/insertion/certificate", "/insertion/certificate/AAAA-BBBB")


@tagged("post_install", "-at_install")
class TestAccessibilityDesktop(PortalAccessibility):
    browser_size = "1366x768"

    def test_no_violation(self):
        self._check_desks()


@tagged("post_install", "-at_install")
class TestAccessibilityPhone(PortalAccessibility):
    browser_size = "375x667"
    touch_enabled = True

    def test_no_violation(self):
        self._check_desks()
