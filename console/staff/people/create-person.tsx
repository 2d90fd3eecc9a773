// Making a member of staff: what they may do is chosen from what their role may have; the link by which they enrol is shown once.
import { MultiSelect, Select, SimpleGrid, TagsInput, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf, AskingOf } from "../../shared/ask.ts";
import { useSession } from "../../shared/session.ts";
import { ActForm } from "../governing/act-form.tsx";
import { choices, type Line, type Purpose, type Role, type Rows, useCodes, useNames } from "../governing/choices.ts";
import { EntitiesInput } from "../governing/entities-input.tsx";
import { LinkOnce } from "../governing/link-once.tsx";
import { PersonSelect } from "../governing/person-select.tsx";

type Draft = AskingOf<"inviteStaff">["body"];
type Made = AnswerOf<"inviteStaff">;

export interface CreatePersonProps {
  readonly rules: AnswerOf<"getAccessRules">;
  readonly onDone: () => void;
}

/** People are not registered for what machines and customers are. */
const NOT_PEOPLE: readonly Role[] = ["service-account"];

export function CreatePerson({ rules, onDone }: CreatePersonProps): ReactNode {
  const t = useTranslations("people");
  const [made, setMade] = useState<Made | null>(null);
  const [draft, setDraft] = useState<Partial<Draft>>({});
  const create = useAct("inviteStaff", { changes: ["listStaff"], onDone: setMade });
  const { name = "", email = "", role, purposes = [], rowScope = "none", entities = [], lines = [] } = draft;
  if (made !== null) {
    const { staff, invitation } = made;
    const lead = staff.status === "pending" ? t("create.linkPending") : t("create.link", { name: staff.name });
    return <LinkOnce link={invitation?.link ?? ""} lead={lead} onKept={onDone} />;
  }
  return (
    <ActForm
      action={t("create.action")}
      act={create}
      lacks={[
        name.trim() === "" && t("name"),
        !email.includes("@") && t("email"),
        role === undefined && t("role"),
        purposes.length === 0 && t("purposes"),
        rowScope !== "none" && entities.length === 0 && t("entities"),
        rowScope !== "none" && lines.length === 0 && t("lines"),
      ]}
      onSubmit={() => create.mutate({ body: draft as Draft })}
    >
      <PersonFields rules={rules} draft={draft} onDraft={(changes) => setDraft({ ...draft, ...changes })} />
    </ActForm>
  );
}

interface FieldsProps extends Pick<CreatePersonProps, "rules"> {
  readonly draft: Partial<Draft>;
  readonly onDraft: (changes: Partial<Draft>) => void;
}

function PersonFields({ rules, draft, onDraft }: FieldsProps): ReactNode {
  const { principalId } = useSession();
  const t = useTranslations("people");
  const names = useNames();
  const offered = rules.roles.filter(({ role, daysMax }) => daysMax > 0 && !NOT_PEOPLE.includes(role));
  const ofRole = offered.find(({ role }) => role === draft.role);
  const chosen = (role: Role): void => {
    const next = rules.roles.find((each) => each.role === role);
    onDraft({ role, purposes: [], rowScope: next?.rowScopes[0] ?? "none" });
  };
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t("name")}
          data-autofocus
          value={draft.name ?? ""}
          onChange={({ currentTarget: { value } }) => onDraft({ name: value })}
        />
        <TextInput
          label={t("email")}
          type="email"
          value={draft.email ?? ""}
          onChange={({ currentTarget: { value } }) => onDraft({ email: value })}
        />
      </SimpleGrid>
      <Select
        label={t("role")}
        description={ofRole?.secondPerson === true ? t("create.second") : undefined}
        searchable
        allowDeselect={false}
        data={choices(
          offered.map(({ role }) => role),
          names.role,
        )}
        value={draft.role ?? null}
        onChange={(value) => value !== null && chosen(value as Role)}
      />
      <MultiSelect
        label={t("purposes")}
        disabled={ofRole === undefined}
        data={choices(ofRole?.purposes ?? [], names.purpose)}
        value={draft.purposes ?? []}
        onChange={(values) => onDraft({ purposes: values as Purpose[] })}
      />
      <Select
        label={t("rows")}
        description={t("rowsHint")}
        disabled={ofRole === undefined}
        allowDeselect={false}
        data={choices(ofRole?.rowScopes ?? [], names.rows)}
        value={draft.rowScope ?? null}
        onChange={(value) => onDraft({ rowScope: value as Rows })}
      />
      {draft.rowScope !== undefined && draft.rowScope !== "none" && <Reach draft={draft} onDraft={onDraft} />}
      <PersonSelect
        label={t("supervisor")}
        description={t("supervisorHint")}
        without={[principalId]}
        value={draft.supervisorId ?? null}
        onChange={(supervisorId) => onDraft({ supervisorId: supervisorId ?? undefined })}
      />
    </>
  );
}

function Reach({ draft, onDraft }: Omit<FieldsProps, "rules">): ReactNode {
  const t = useTranslations("people");
  const names = useNames();
  const codes = useCodes();
  return (
    <>
      <EntitiesInput
        label={t("entities")}
        description={t("entitiesHint")}
        value={draft.entities ?? []}
        onChange={(entities) => onDraft({ entities })}
      />
      <MultiSelect
        label={t("lines")}
        data={choices(codes.lines, names.line)}
        value={draft.lines ?? []}
        onChange={(values) => onDraft({ lines: values as Line[] })}
      />
      {draft.rowScope === "groups" && (
        <TagsInput
          label={t("groups")}
          description={t("groupsHint")}
          value={draft.groups ?? []}
          onChange={(groups) => onDraft({ groups })}
        />
      )}
    </>
  );
}
