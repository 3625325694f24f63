// What fan-out is compared with: a plain node `socket.io` server with its defaults, websocket only.
// `GET /blast?room=R&frames=N&events=E&gap_ms=G` tells a room N frames of E events, as `apps.py` does.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setImmediate, setTimeout } from "node:timers/promises";
import { Server } from "socket.io";

const event = JSON.parse(readFileSync(new URL("event.json", import.meta.url), "utf8"));
const web = createServer(answer);
const live = new Server(web, { serveClient: false, transports: ["websocket"] }).of("/live");

live.on("connection", (socket) => {
  socket.on("join", ({ session }, ack) => {
    socket.join(session);
    ack({ ok: true });
  });
});

async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  if (pathname === "/blast") {
    await blast(Object.fromEntries(searchParams));
  }
  response.setHeader("Content-Length", 2);
  response.end("ok");
}

async function blast({ room, frames, events, gap_ms }) {
  const list = Array(Number(events)).fill(event);
  const begin = performance.now();
  for (let number = 0; number < Number(frames); number++) {
    const early = begin + number * Number(gap_ms) - performance.now();
    await (early > 0 ? setTimeout(early) : setImmediate());
    const at = Number(process.hrtime.bigint() / 1000n);
    live.to(room).emit("events", { blast: number, at, list });
  }
}

web.listen(Number(process.env.PORT), "127.0.0.1");
