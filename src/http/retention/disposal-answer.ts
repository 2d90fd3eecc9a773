// A disposal, its units and the schedule as the interface shows them.
import type { z } from "zod";
import type { disposal, disposalUnit, retentionSchedule } from "../../../contract/disposals.ts";
import type { DisposalFace, Retention } from "../../retention/retention.ts";

export function disposalAnswer({
  asked,
  decided,
  ended,
  found,
  progress,
  ...face
}: DisposalFace): z.output<typeof disposal> {
  return {
    ...face,
    asked: { ...asked, at: asked.at.toISOString() },
    found: found === null ? null : { ...found, ...countsOf(found) },
    decided: decided === null ? null : { ...decided, at: decided.at.toISOString() },
    ended: ended === null ? null : { ...ended, at: ended.at.toISOString(), leftBy: copied(ended.leftBy) },
    progress: progress === null ? null : { ...progress },
  };
}

type Counted = readonly { readonly name: string; readonly count: number }[];

const copied = (counted: Counted): { name: string; count: number }[] => counted.map((one) => ({ ...one }));

function countsOf({ dueBy, blockedBy, unjudgedBy, comingBy }: NonNullable<DisposalFace["found"]>) {
  return {
    dueBy: copied(dueBy),
    blockedBy: copied(blockedBy),
    unjudgedBy: copied(unjudgedBy),
    comingBy: copied(comingBy),
  };
}

type Unit = Awaited<ReturnType<Retention["disposals"]["lines"]>>[number];

export function disposalUnitAnswer(unit: Unit): z.output<typeof disposalUnit> {
  return { ...unit };
}

type Rule = z.output<typeof retentionSchedule>["rules"][number];

export function scheduleAnswer({
  digest,
  schedule,
  duties,
  maxima,
  records,
  zones,
}: Retention["rules"]): z.output<typeof retentionSchedule> {
  const own = schedule.map((line): Rule => {
    const {
      id,
      units,
      lines,
      jurisdictions,
      records: types,
      from,
      years,
      calendarYears,
      ground,
      confidence,
      confirmed,
    } = line;
    const counted = { from, years, calendarYears, confidence, confirmed, units: [...units], lines: listOf(lines) };
    return {
      source: "schedule",
      id,
      law: null,
      text: null,
      citation: ground,
      jurisdictions: listOf(jurisdictions),
      records: listOf(types),
      ...counted,
    };
  });
  const byLaw = duties.map((duty): Rule => {
    const { jurisdictions, units, lines, ...rest } = duty;
    const where = { jurisdictions: [...jurisdictions], units: [...units], lines: listOf(lines), records: null };
    return { source: "duty", from: "unit-closed", ...where, ...rest };
  });
  const latest = maxima.map(({ aheadDays: _ahead, jurisdictions, records: types, ...rest }): Rule => {
    const where = { jurisdictions: [...jurisdictions], units: null, lines: null, records: [...types] };
    return { source: "maximum", calendarYears: false, ...where, ...rest };
  });
  const byRecord = [...records].map(([id, period]): Rule => {
    const everywhere = { law: null, text: null, jurisdictions: null, units: null, lines: null, records: [id] };
    return { source: "record", id, ...everywhere, ...period, calendarYears: true };
  });
  const places = zones.zones.map((row) => ({ jurisdictions: [...row.jurisdictions], zones: [...row.zones] }));
  return {
    digest,
    rules: [...own, ...byLaw, ...latest, ...byRecord],
    zones: [...places, { jurisdictions: [], zones: [...zones.defaultZones] }],
  };
}

function listOf<Word extends string>(words: readonly Word[] | null): Word[] | null {
  return words === null ? null : [...words];
}
