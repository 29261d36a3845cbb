"""Jobs of placement. Arguments are times and ids only."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from stepdown.placement import services, services_chain
from stepdown.placement.models import Proposal

log = structlog.get_logger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="placement.lapse_seats", pass_context=False)
def lapse_seats(timestamp: int) -> None:
    """Every minute: chairs whose hold has run out are free again."""
    services.lapse_seats(timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="placement.offer_free_chairs", lock="placement.offer_free_chairs", pass_context=False)
def offer_free_chairs(timestamp: int) -> None:
    """Every minute: free chairs are offered to who waits."""
    services_chain.offer_free_chairs(timezone.now())


@app.task
def work_out(*, proposal_id: str) -> None:
    """Reads the waitlist, plans, and writes down how far it is, and then the plan. A plan that is done stays."""
    # The solver is large, and only the worker needs it.
    from stepdown.placement.matching.engine import Progress, solve
    from stepdown.placement.planning import problem_of

    proposal = Proposal.objects.get(pk=proposal_id)
    if proposal.done_at:
        return

    def tell(progress: Progress) -> None:
        goals = [goal.model_dump() for goal in progress.goals]
        told = {"doing": progress.doing, "seconds": round(progress.seconds, 1), "goals": goals}
        Proposal.objects.filter(pk=proposal.pk).update(progress=told)

    try:
        problem, options = problem_of(timezone.now())
        plan = solve(problem, seed=proposal.seed, tell=tell)
    except Exception:
        Proposal.objects.filter(pk=proposal.pk).update(failed_at=timezone.now())
        raise
    done = {"plan": plan.model_dump(mode="json"), "options": options, "done_at": timezone.now()}
    Proposal.objects.filter(pk=proposal.pk).update(people=len(problem.people), failed_at=None, **done)
    log.info("plan worked out", proposal_id=proposal.pk, placed=len(plan.placed), unplaced=len(plan.unplaced))
