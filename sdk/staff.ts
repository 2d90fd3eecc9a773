// Members of staff, their invitations, and resets of what they sign in by.
import type { Asking } from "../contract/route.ts";
import { staffRoutes } from "../contract/routes/staff.ts";
import type { Call, CallOptions } from "./call.ts";

type StaffDraft = Asking<typeof staffRoutes.create>["body"];
type StaffQuery = Asking<typeof staffRoutes.list>["query"];
type StaffChange = Asking<typeof staffRoutes.change>["body"];
type ResetDraft = Asking<typeof staffRoutes.askForReset>["body"];
type ResetQuery = Asking<typeof staffRoutes.listResets>["query"];

export function staffOf(call: Call) {
  return {
    /** The answer's link is shown this once, and is for the person alone. */
    create: (body: StaffDraft, options?: CallOptions) => call(staffRoutes.create, { body }, options),
    list: (query: StaffQuery = {}) => call(staffRoutes.list, { query }),
    get: (staffId: string) => call(staffRoutes.get, { params: { staffId } }),
    change: (staffId: string, body: StaffChange, options?: CallOptions) =>
      call(staffRoutes.change, { params: { staffId }, body }, options),
    approve: (staffId: string) => call(staffRoutes.approve, { params: { staffId } }),
    nameSupervisor: (staffId: string, supervisorId: string | null) =>
      call(staffRoutes.nameSupervisor, { params: { staffId }, body: { supervisorId } }),
    invite: (staffId: string) => call(staffRoutes.invite, { params: { staffId } }),
    endSessions: (staffId: string) => call(staffRoutes.endSessions, { params: { staffId } }),
  };
}

/** Both who asks and who approves must be people who have just shown a second factor. */
export function resetsOf(call: Call) {
  return {
    ask: (staffId: string, body: ResetDraft) => call(staffRoutes.askForReset, { params: { staffId }, body }),
    list: (query: ResetQuery = {}) => call(staffRoutes.listResets, { query }),
    approve: (staffId: string, resetId: string) => call(staffRoutes.approveReset, { params: { staffId, resetId } }),
    cancel: (staffId: string, resetId: string) => call(staffRoutes.cancelReset, { params: { staffId, resetId } }),
  };
}
