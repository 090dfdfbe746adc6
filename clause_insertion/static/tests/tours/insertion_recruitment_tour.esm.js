import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// From the page of its clause, a contractor asks the relay for candidates.
tours.add("insertion_ask_tour", {
    steps: () => [
        {
            trigger: "a[href$='/ask']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#insertion_ask input[name=job_title]",
            run: "edit Maçon",
        },
        {
            trigger: "#insertion_ask input[name=date_start]",
            run({anchor}) {
                anchor.value = "2027-01-04"; // A day is picked, not typed letter by letter
            },
        },
        {
            trigger: "#insertion_ask textarea[name=skills]",
            run: "edit Coffrage",
        },
        {
            trigger: "#insertion_ask button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The request waits for the relay",
            trigger: "h2:contains(Maçon) .badge:contains(To answer)",
        },
    ],
});

// The relay proposes somebody, by name for itself.
tours.add("insertion_propose_tour", {
    steps: () => [
        {
            trigger: "table a:contains(DR/)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#insertion_propose .form-check:contains(Camille Exemple) input",
            run: "check",
        },
        {
            trigger: "#insertion_propose button[value=propose]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "h2 .badge:contains(Candidates proposed)",
        },
        {
            content: "The relay reads the name of its own person",
            trigger: ".list-group-item:contains(P-):contains(Camille Exemple):contains(Proposed)",
        },
    ],
});

// The contractor sees a pseudonym, and hires.
tours.add("insertion_hire_tour", {
    steps: () => [
        {
            content: "No name before the work contract",
            trigger: ".list-group-item:contains(P-):not(:contains(Camille))",
        },
        {
            trigger: ".list-group-item a:contains(Hire)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The day asked for is at hand",
            trigger: "#insertion_hire input[name=date_start]:value(2027-01-04)",
        },
        {
            trigger: "#insertion_hire select[name=contract_type]",
            run: "select FIXED_TERM",
        },
        {
            trigger: "#insertion_hire button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The relay has the last word",
            trigger: "h2 .badge:contains(To check by the relay)",
        },
    ],
});

// The relay confirms.
tours.add("insertion_confirm_tour", {
    steps: () => [
        {
            trigger: "button[value=confirm]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "h2:contains(Camille Exemple) .badge:contains(Confirmed)",
        },
    ],
});
