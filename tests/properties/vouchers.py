"""Random vouchers of payments and reversals: new ones, and what they name of others."""

from attrs import evolve
from hypothesis import strategies as st


@st.composite
def vouched(draw, event, number, paid):
    """
    Draw the voucher of a payment: sometimes one that was used before.

    Args:
        paid: Voucher and source of each payment so far; it gets another, and loses
            those of the same voucher.
    """
    event = evolve(event, voucher=f"V-{number}")
    if paid and draw(st.integers(0, 3)) == 0:
        used, _ = draw(st.sampled_from(paid))
        event = evolve(event, voucher=used, booked_again=True)
        paid[:] = [each for each in paid if each[0] != used]
    if paid and draw(st.integers(0, 3)) == 0:
        event = evolve(event, resembles=(paid[0][0],))
    paid.append((event.voucher, event.source))
    return event


@st.composite
def reversing(draw, event, number, paid, back):
    """
    Draw what a reversal takes back: a payment, or another reversal.

    Args:
        back: Voucher and source of each reversal so far; it gets another.
    """
    of, source = draw(st.sampled_from(paid))
    event = evolve(event, voucher=f"R-{number}", of=of.lower(), source=source)
    own = [voucher for voucher, its in back if its == source]
    if own and draw(st.booleans()):
        roots = [voucher for voucher, its in paid if its == source]
        event = evolve(
            event,
            of=draw(st.sampled_from(own)),
            disbursement=draw(st.sampled_from(roots)),
            taken_back=draw(st.booleans()),
        )
    back.append((event.voucher, source))
    return event
