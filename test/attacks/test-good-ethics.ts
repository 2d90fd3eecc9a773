// For fuzz tests: good requests about dilemmas and reports.
import { onDownstream } from "./test-good-downstream.ts";
import type { GoodRequests, Who } from "./test-good-requests.ts";
import { listIn, type Person } from "./test-stage.ts";

const DILEMMA = { kind: "pressure", words: "I am to send the file of a neighbour by tonight." };
const REPORT = { category: "privacy", text: "Files are read aloud in the lobby." };

export function onEthics(people: Readonly<Record<Who, Person>>): GoodRequests {
  const { adjuster, compliance, admin } = people;
  const raised = async () => {
    // So many of one person may be open: those before are decided first.
    const { body: open } = await adjuster.ask("GET", "/v1/dilemmas?state=open");
    for (const { dilemmaId } of listIn(open, "items"))
      await compliance.ask("POST", `/v1/dilemmas/${String(dilemmaId)}/decision`, {
        outcome: "escalate",
        reasoning: "x",
      });
    const { body } = await adjuster.ask("POST", "/v1/dilemmas", DILEMMA);
    return { params: { dilemmaId: String(body["dilemmaId"]) } };
  };
  // Reports from one address are few an hour, so that most requests share one.
  let code: string | null = null;
  const submitted = async () => {
    code ??= String((await admin.ask("POST", "/v1/reports", REPORT)).body["receiptCode"]);
    return code;
  };
  const report = async () => {
    await submitted();
    const { body } = await compliance.ask("GET", "/v1/reports");
    return {
      params: { reportId: String(listIn(body, "items").find(({ state }) => state !== "closed")?.["reportId"]) },
    };
  };
  return {
    ...onDownstream(people),
    makeCalendar: async () => ({ body: { language: "es" } }),
    getCalendar: async () => ({}),
    endCalendar: async () => ({}),
    fetchCalendar: async () => {
      const { body } = await adjuster.ask("POST", "/v1/me/calendar", {});
      return { params: { secret: new URL(String(body["url"])).pathname.split("/").at(-1) ?? "" } };
    },
    raiseDilemma: async () => {
      await raised();
      return { body: DILEMMA };
    },
    listDilemmas: async () => ({ query: [["limit", "2"]] }),
    describeEthicsDesk: async () => ({}),
    readDilemma: raised,
    decideDilemma: async () => ({ ...(await raised()), body: { outcome: "do-not-disclose", reasoning: "nobody may" } }),
    submitReport: async () => ({ body: REPORT }),
    readReportByReceipt: async () => ({ body: { receiptCode: await submitted() } }),
    addToReport: async () => ({ body: { receiptCode: await submitted(), text: "Again today." } }),
    listReports: async () => ({ query: [["limit", "2"]] }),
    readReport: report,
    replyToReport: async () => ({ ...(await report()), body: { kind: "question", text: "Since when?" } }),
    shutOutOfReport: async () => ({ ...(await report()), body: { principalIds: [adjuster.clientId] } }),
    closeReport: async () => {
      code = null;
      const { params } = await report();
      await compliance.ask("POST", `/v1/reports/${params.reportId}/replies`, { kind: "feedback", text: "Done." });
      return { params };
    },
  };
}
