// A worker beside the page: asks how many reports ring, every five seconds, also when the tab is hidden and its own timers
// are slowed down, and when the session has ended. It sends no cookie and gets two figures.
const EVERY = 5_000;
const AT_ONCE = 700;

let address = "";
let askedAt = 0;

async function listen() {
  if (!address) return;
  askedAt = Date.now();
  try {
    const answer = await fetch(address, { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(EVERY) });
    postMessage(answer.ok ? await answer.json() : { refused: answer.status === 403 });
  } catch {
    postMessage({ lost: true });
  }
}

addEventListener("message", ({ data }) => {
  const isNew = data.address !== address;
  address = data.address;
  if (isNew || Date.now() - askedAt > AT_ONCE) listen();
  else setTimeout(listen, AT_ONCE);
});

setInterval(listen, EVERY);
