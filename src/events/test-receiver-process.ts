// For tests: a receiver as a process of its own, to be killed. Arguments: port, certificate and key files, file that each whole message is written to.
import { appendFileSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";

const [port, certFile, keyFile, output] = process.argv.slice(2) as [string, string, string, string];
const server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, (socket) => {
  let pending = "";
  socket.on("error", () => {});
  socket.setEncoding("latin1");
  socket.on("data", (part: string) => {
    pending += part;
    for (;;) {
      const length = /^(\d+) /.exec(pending);
      const end = length === null ? Infinity : length[0].length + Number(length[1]);
      if (end > pending.length) break;
      appendFileSync(output, `${pending.slice(length![0].length, end)}\n`);
      pending = pending.slice(end);
    }
  });
});
server.listen(Number(port), "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
