// How good this person's line is. Numbers in, numbers out.

const LOSS = 0.08; // from here on speech breaks up
const ROUND_TRIP = 0.8; // seconds; from here on people talk over each other

/** Whether this sample of { loss (0 to 1), rtt (seconds) } is of a poor line. */
const poor = ({ loss, rtt }) => loss > LOSS || rtt > ROUND_TRIP;

/** Whether a line is poor, from its latest samples (one in five seconds): three of the last four are. */
export function isPoor(samples) {
  return samples.slice(-4).filter(poor).length >= 3;
}

/**
 * { loss (0 to 1), rtt (seconds) } of what is sent, the worst of both lines, from the statistics of its connection. Not
 * every browser times the connection itself (Firefox does not); all of them tell what the other side reports.
 */
export function sending(reports) {
  const found = { loss: 0, rtt: 0 };
  for (const { type, nominated, fractionLost, roundTripTime, currentRoundTripTime } of reports) {
    if (type === "remote-inbound-rtp") {
      found.loss = Math.max(found.loss, fractionLost ?? 0);
      found.rtt = Math.max(found.rtt, roundTripTime ?? 0);
    } else if (type === "candidate-pair" && nominated) found.rtt = Math.max(found.rtt, currentRoundTripTime ?? 0);
  }
  return found;
}

/**
 * The next sample from two counts of { lost, received } packets and what the other side tells: { loss, rtt } of what is
 * sent. The worse direction counts. Counts that went back belong to a new line and tell nothing.
 */
export function sample(before, now, sent) {
  const lost = Math.max(0, now.lost - before.lost);
  const received = Math.max(0, now.received - before.received);
  const loss = lost + received > 0 ? lost / (lost + received) : 0;
  return { loss: Math.max(loss, sent.loss), rtt: sent.rtt };
}
