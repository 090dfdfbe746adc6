"""The open data file (DECP) of a period, at two sizes: contracts a second, and the memory it takes at its peak.

Contracts are copies of one, made in SQL, one in ten with a modification: what is measured is making the file.
The memory is what the process grew by at its highest, which must not follow the size of the file.
Other sizes: ./setup/bench open_data 2000 100000
"""

import gc
import sys
import time
from pathlib import Path

from benchmarks.statement import copies

SIZES = (5_000, 50_000)
WORDS = ("technique_none", "execution_none", "price_firm", "environment_none")
STATUS, PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def main(env) -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    first = one_of_each(env)
    done = 1
    for size in sizes:
        fill(env, first, size - done)
        done = size
        show(env, size)


def show(env, size: int) -> None:
    wizard = env["clause.insertion.open.data"].create({"date_from": "2026-01-01", "date_to": "2026-12-31"})
    for name, work in (("counted and told apart", lambda: [wizard.ready_count]), ("file", wizard._stream)):
        env.invalidate_all()
        before, start = peak(reset=True), time.perf_counter()
        written = sum(len(str(piece).encode()) for piece in work())
        taken = time.perf_counter() - start
        grown = (peak() - before) / 1024
        print(
            f"{size:7,} contracts, {name:24} {taken:7.2f} s {size / taken:8,.0f} contracts/s "
            f"{grown:7.1f} MB more at the peak; {written / 2**20:6.1f} MB written"
        )
    assert wizard.ready_count == size, wizard.lacking_ids[:1].problems


def peak(reset: bool = False) -> int:
    """Highest memory of this process in kB, since the last reset (Linux)."""
    if reset:
        gc.collect()
        PEAK.write_text("5")
    return next(int(line.split()[1]) for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))


def one_of_each(env) -> dict[str, int]:
    """A contract that is ready, and its modification."""
    env.company.write({"company_registry": "13000548100010", "currency_id": env.ref("base.EUR").id})
    vendor = env["res.partner"].create({"name": "Entreprise (fictive)", "company_registry": "73282932000074"})
    product = env["product.product"].create({"name": "Travaux", "type": "service"})
    order = env["purchase.order"].create(
        {
            "partner_id": vendor.id,
            "order_line": [(0, 0, {"product_id": product.id, "price_unit": 90_000, "tax_ids": False})],
            "essential_object": "Réfection d'un gymnase, lot 2 : gros œuvre (contrat inventé pour la mesure)",
            "essential_nature": "contract",
            "essential_procedure": "open",
            "essential_cpv": "45210000",
            "essential_ccag": "works",
            "essential_offers": 3,
            "essential_grouping": "none",
            "essential_price_form": "lump_sum",
            "essential_place_kind": "commune",
            "essential_place_code": "86194",
            "essential_duration": 6,
            "essential_word_ids": [env.ref(f"clause_insertion.essential_{word}").id for word in WORDS],
        }
    )
    order.button_confirm()
    order.insertion_notified_on = "2026-03-02"
    change = env["clause.insertion.contract.modification"].create(
        {"purchase_order_id": order.id, "name": "Avenant", "notified_on": "2026-05-04", "amount": 99_000}
    )
    env.flush_all()
    return {record._table: record.id for record in (order, change)}


def fill(env, first: dict[str, int], number: int) -> None:
    start = copies(env, first, "purchase_order", number, essential_number="'M' || nextval('purchase_order_id_seq')")
    changed = copies(
        env, first, "clause_insertion_contract_modification", number // 10, purchase_order_id=f"{start} + n * 10"
    )
    assert changed
    words = env["purchase.order"]._fields["essential_word_ids"]
    env.cr.execute(
        f"""INSERT INTO {words.relation} ({words.column1}, {words.column2})
            SELECT {start} + n, word.{words.column2}
              FROM {words.relation} word, GENERATE_SERIES(0, {number - 1}) n WHERE word.{words.column1} = %s""",
        [first["purchase_order"]],
    )
    env.cr.execute("ANALYZE")
    env.invalidate_all()
