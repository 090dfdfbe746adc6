import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// A relay without a back-office account registers a person, and notes the proof that it has seen.
tours.add("insertion_person_tour", {
    steps: () => [
        {
            trigger: "a[href$='/insertion-people/new']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#insertion_person_new input[name=firstname]",
            run: "edit Camille",
        },
        {
            trigger: "#insertion_person_new input[name=lastname]",
            run: "edit Exemple",
        },
        {
            trigger: "#insertion_person_new input[name=birthdate]",
            run({anchor}) {
                anchor.value = "2001-05-04"; // A day is picked, not typed letter by letter
            },
        },
        {
            trigger: "#insertion_person_new select[name=gender]",
            run: "select female",
        },
        {
            trigger: "#insertion_person_new button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Nobody may hire her before a proof is seen",
            trigger: "h2:contains(P-):contains(Camille Exemple) .badge:contains(To verify)",
        },
        {
            trigger: "#insertion_proof select[name=public_id]",
            run: "selectByLabel Under 26",
        },
        {
            trigger: "#insertion_proof button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "h2 .badge:contains(Eligible)",
        },
        {
            content: "The proof is a fact with a name and a day, not a document",
            trigger: ".list-group-item:contains(Under 26):contains(Seen by)",
        },
    ],
});

const FILE = "#insertion_hours_file input[name=hours]";

function send(input, text) {
    const files = new DataTransfer();
    files.items.add(new File([text], "heures.csv", {type: "text/csv"}));
    input.files = files.files;
}

async function model() {
    const month = document.querySelector("#insertion_model_month").value;
    return (await fetch(`/my/insertion-hours-files/model?month=${month}`)).text();
}

// From the list of its clauses, a contractor sends its month as a file: first left empty, then filled in.
tours.add("insertion_hours_file_tour", {
    steps: () => [
        {
            trigger: "a[href$='/insertion-hours-files']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: FILE,
            async run({anchor}) {
                send(anchor, await model());
            },
        },
        {
            trigger: "#insertion_hours_file button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What is wrong is said on its row",
            trigger: "#insertion_errors tbody tr:contains(2):contains(heures):contains(empty)",
        },
        {
            trigger: ".alert a[href$='/insertion-hours-files']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: FILE,
            async run({anchor}) {
                send(anchor, (await model()).replace(";;travail", ";120,5;travail"));
            },
        },
        {
            trigger: "#insertion_hours_file button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What it would bring in",
            trigger: ".alert:contains(bring in: 1):contains(hours: 120.50)",
        },
        {
            trigger: "form[action$='/import'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "table a[href*='/insertion-declarations/']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#insertion_sheet input[name^=work_]:value(120,5)",
        },
        {
            trigger: "#insertion_sheet button[name=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "h2 .badge:contains(Submitted)",
        },
    ],
});

// The relay validates the month on the portal.
tours.add("insertion_validate_tour", {
    steps: () => [
        {
            trigger: "table a[href*='/insertion-declarations/']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The relay reads the name of its own person",
            trigger: "tbody tr:contains(P-):contains(Camille Exemple):contains(120.50)",
        },
        {
            trigger: "button[value=validate]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "h2 .badge:contains(Validated)",
        },
    ],
});
