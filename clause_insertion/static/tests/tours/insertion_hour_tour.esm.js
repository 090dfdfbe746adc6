import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// A buyer adds a clause to a request for quotation, and confirms the order.
tours.add("insertion_buyer_tour", {
    steps: () => [
        {
            trigger: "a[name=clause_insertion]",
            run: "click",
        },
        {
            content: "The law asks for a social condition at this amount",
            trigger: ".o_form_view .alert:contains(L2112-2-1)",
        },
        {
            trigger: ".o_field_widget[name=clause_insertion_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=trade_id] input",
            run: "edit Masonry",
        },
        {
            trigger: ".modal .o-autocomplete--dropdown-item:contains(Masonry)",
            run: "click",
        },
        {
            content: "The hours are computed live",
            trigger: ".modal .o_field_widget[name=hours_due]:contains(833)",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The obligation is met",
            trigger: ".o_field_widget[name=insertion_obligation]:contains(Satisfied)",
        },
        {
            trigger: "button[name=button_confirm]:visible",
            run: "click",
        },
        {
            content: "The clause runs",
            trigger: ".o_field_widget[name=clause_insertion_ids] .o_field_widget[name=state]:contains(Running)",
        },
    ],
});

// Its contractor declares the month on the portal.
tours.add("insertion_contractor_tour", {
    steps: () => [
        {
            trigger: "form[action$='/declare'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#insertion_sheet input[name^=work_]",
            run: "edit 101,5",
        },
        {
            trigger: "#insertion_sheet button[name=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The relay has it now",
            trigger: "h2 .badge:contains(Submitted)",
        },
    ],
});

// The relay validates it in the back office.
tours.add("insertion_relay_tour", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Bâtisseurs du Seuil) td[name=month_name]",
            run: "click",
        },
        {
            content: "The name is shown to the relay, beside the pseudonym",
            trigger: ".o_field_widget[name=line_ids]:contains(Camille Exemple):contains(P-)",
        },
        {
            trigger: "button[name=action_validate]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=validated_by]",
        },
    ],
});
