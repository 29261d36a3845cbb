"""What one browser says, in order: counted, checked, and passed on to whom it is for."""

import time
from typing import TYPE_CHECKING, Any

import structlog
from django.utils import timezone

from stepdown.live.domain import descriptions, messages
from stepdown.live.media.interface import MediaFailed, Peer
from stepdown.live.server.outgoing import DONE

if TYPE_CHECKING:
    from stepdown.live.server.caller import Caller

log = structlog.get_logger(__name__)


class Hearing:
    """The reading half of one socket."""

    def __init__(self, caller: "Caller") -> None:
        self._caller = caller
        self._allowance = messages.Allowance(time.monotonic)

    async def hear(self, text: str | None) -> None:
        """One message. Raises messages.Refused or descriptions.Refused, after which the socket is closed."""
        caller = self._caller
        caller.is_busy = True  # the next one may lie unread meanwhile, which is not silence
        try:
            self._allowance.spend()
            await self._obey(messages.read(text, is_leader=caller.is_leader))
        finally:
            caller.is_busy = False
            caller.heard()

    async def _obey(self, message: dict[str, Any]) -> None:
        caller, kind = self._caller, message["t"]
        if kind in messages.FOR_LEADERS:
            await caller.room.obey(caller, message)
        elif kind == "leave":
            caller.room.gone(caller, may_return=message.get("may_return", False))
            caller.hang_up(DONE)
        elif kind == "enter":
            raise messages.Refused("You are at the door already.", messages.Reason.OUT_OF_ORDER)
        elif kind == "beat":
            self._beat((message.get("media") or {}).get("in"))
            caller.say("beat")  # everything said before it has arrived
        elif kind in messages.TOGETHER:
            caller.room.together.hear(caller, message)
        elif kind in messages.ENCRYPTION:
            caller.room.encryption.hear(caller, message)
        elif caller.peer is not None:
            await self._pass_on(caller.peer, message)

    def _beat(self, inbound: float | None) -> None:
        caller = self._caller
        if inbound is not None:
            others_send = any(one.sends_to(caller) for one in caller.room.beside(caller) if one is not caller)
            caller.line.hears(int(inbound), others_send=others_send, now=timezone.now())

    async def _pass_on(self, peer: Peer, message: dict[str, Any]) -> None:
        join = self._caller.join
        try:
            await self._tell(peer, message)
        except MediaFailed as error:
            log.warning("not passed on", join=str(join), kind=message["t"], why=str(error))
            if message["t"] in ("publish", "answer") and join is not None:
                await self._caller.on_lost(join)

    async def _tell(self, peer: Peer, message: dict[str, Any]) -> None:
        caller = self._caller
        match message["t"]:
            case "publish":
                sdp, mids = descriptions.checked_offer(message["jsep"]["sdp"])
                answer = await peer.publish({"type": "offer", "sdp": sdp})
                answer["sdp"] = descriptions.with_silence_suppressed(answer["sdp"])
                caller.line.mids = mids
                caller.turn()
                await caller.hold()
                caller.say("published", jsep=answer)
            case "answer":
                await peer.answer({"type": "answer", "sdp": descriptions.checked_answer(message["jsep"]["sdp"])})
            case "trickle":
                await peer.trickle(message["pc"], message["candidate"])
            case "media":
                await self._set_media(message)
            case "unseen":
                caller.unseen = set(message["who"])
                await peer.unseen(caller.unseen)

    async def _set_media(self, message: dict[str, Any]) -> None:
        caller = self._caller
        is_paused, mic = caller.room.is_paused, message["mic"]
        if not mic:
            caller.room.mutes.pop(caller.key, None)
        elif caller.key in caller.room.mutes:  # said before they knew of it
            mic = False
        caller.line.mic, caller.line.camera = mic and not is_paused, message["camera"] and not is_paused
        caller.turn()
        caller.sound_only = message.get("sound_only", caller.sound_only)
        if not is_paused:
            caller.silencing.kinds -= {
                kind for kind, on in (("audio", caller.line.mic), ("video", caller.line.camera)) if on
            }
            await caller.hold()
        caller.room.tell.roster()
