// Prometheus metrics. Labels are route templates, methods and codes: never a URL, an id or anything that was sent.
import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { routeOf } from "./request-log.ts";

const SECONDS_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface Metrics {
  readonly contentType: string;
  print(): Promise<string>;
  countAnswer(method: string, route: string, status: number, seconds: number): void;
  countDecision(operation: string, outcome: string): void;
  countAnomaly(code: string): void;
  /** Once for each rule that applied. */
  countAlert(rules: readonly string[]): void;
  /** Asked when the metrics are read. */
  measureEventLags(lags: () => readonly { readonly stream: string; readonly seconds: number }[]): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: "uberrima_http_answer_seconds",
    help: "Time from request to answer",
    labelNames: ["method", "route", "status"] as const,
    buckets: SECONDS_BUCKETS,
    registers,
  });
  const decisions = new Counter({
    name: "uberrima_decisions_total",
    help: "Disclosures, searches and masked views by outcome",
    labelNames: ["operation", "outcome"] as const,
    registers,
  });
  const anomalies = new Counter({
    name: "uberrima_anomalies_total",
    help: "Stored rows that did not verify, by code",
    labelNames: ["code"] as const,
    registers,
  });
  const alerts = new Counter({
    name: "uberrima_watch_alerts_total",
    help: "Alerts on looks at customers, opened or added to, by rule that applied",
    labelNames: ["rule"] as const,
    registers,
  });
  return {
    contentType: registry.contentType,
    print: () => registry.metrics(),
    countAnswer: (method, route, status, seconds) => answers.observe({ method, route, status }, seconds),
    countDecision: (operation, outcome) => decisions.inc({ operation, outcome }),
    countAnomaly: (code) => anomalies.inc({ code }),
    countAlert: (rules) => {
      for (const rule of rules) alerts.inc({ rule });
    },
    measureEventLags: (lags) => measureLags(registry, lags),
  };
}

/** Seconds alone: a count of events beside the size of the log would tell how many entries are withheld. */
function measureLags(registry: Registry, lags: Parameters<Metrics["measureEventLags"]>[0]): void {
  void new Gauge({
    name: "uberrima_events_lag_seconds",
    help: "Age of the oldest ledger entry that a stream of security events has not handed over for certain",
    labelNames: ["stream"] as const,
    registers: [registry],
    collect() {
      for (const { stream, seconds } of lags()) this.set({ stream }, seconds);
    },
  });
}

export function measureAnswers(http: FastifyInstance, metrics: Metrics): void {
  http.addHook("onResponse", (request, reply, done) => {
    metrics.countAnswer(request.method, routeOf(request), reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}
