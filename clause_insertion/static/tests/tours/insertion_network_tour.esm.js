import {registry} from "@web/core/registry";

const {DateTime} = luxon;
const tours = registry.category("web_tour.tours");

// The officer records a convention that was signed today.
tours.add("insertion_convention_tour", {
    steps: () => [
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Relais du Haut-Clain",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Relais du Haut-Clain)",
            run: "click",
        },
        {
            content: "Its territories are proposed",
            trigger: ".o_field_widget[name=territory_ids] .o_tag:contains(Vienne)",
        },
        {
            trigger: ".o_field_widget[name=date_signed] input",
            run: `edit ${DateTime.now().toFormat("MM/dd/yyyy")}`,
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Signed, it runs",
            trigger: ".o_form_saved .o_statusbar_status .o_arrow_button_current:contains(Running)",
        },
    ],
});

// The officer invites the relays to the yearly meeting in one click.
tours.add("insertion_meeting_tour", {
    steps: () => [
        {
            trigger: "button[name=action_invite_relays]",
            run: "click",
        },
        {
            content: "The facilitator of the relay is invited",
            trigger: ".o_form_saved .o_field_widget[name=invited_ids] .o_tag:contains(Relais du Haut-Clain)",
        },
    ],
});

// A company registers a tutor on the portal.
tours.add("insertion_training_tour", {
    steps: () => [
        {
            trigger: "a:contains(Accueillir une personne)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#insertion_attendee_name",
            run: "edit Sam Tuteur",
        },
        {
            trigger: "button:contains(Register this tutor)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The tutor is registered",
            trigger: "li:contains(Sam Tuteur)",
        },
    ],
});
