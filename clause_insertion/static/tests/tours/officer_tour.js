import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// From the list of what waits, an officer strikes the balance of a clause and delivers its certificate.
tours.add("insertion_officer_tour", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Balance to strike) td[name=kind]",
            run: "click",
        },
        {
            trigger: "button[name=action_strike_balance]",
            run: "click",
        },
        {
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: "button[name=action_certify]",
            run: "click",
        },
        {
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "The certificate is there to be printed",
            trigger: "button[name=action_print_certificate]",
        },
    ],
});
