// Making an API client: its scope from what its role may have, and the public keys or the certificate it proves itself by.
import { FileInput, MultiSelect, Select, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf, AskingOf } from "../../shared/ask.ts";
import { ActForm } from "../governing/act-form.tsx";
import {
  choices,
  type DataClass,
  type Line,
  type Purpose,
  type Role,
  type Rows,
  useCodes,
  useNames,
} from "../governing/choices.ts";
import { EntitiesInput } from "../governing/entities-input.tsx";
import { LinkOnce } from "../governing/link-once.tsx";

type Draft = AskingOf<"createClient">["body"];

export interface CreateClientProps {
  readonly rules: AnswerOf<"getAccessRules">;
  readonly onDone: () => void;
}

export function CreateClient({ rules, onDone }: CreateClientProps): ReactNode {
  const t = useTranslations("clients");
  const [draft, setDraft] = useState<Partial<Draft>>({});
  const [token, setToken] = useState<string | null>(null);
  const create = useAct("createClient", {
    changes: ["listClients", "listFindings"],
    onDone: (made) => (made.token === null ? onDone() : setToken(made.token)),
  });
  if (token !== null) return <LinkOnce link={token} lead={t("token")} onKept={onDone} />;
  const { name = "", role, purposes = [] } = draft;
  return (
    <ActForm
      action={t("create")}
      act={create}
      lacks={[name.trim() === "" && t("name"), role === undefined && t("role"), purposes.length === 0 && t("purposes")]}
      onSubmit={() => create.mutate({ body: draft as Draft })}
    >
      <Fields rules={rules} draft={draft} onDraft={(changes) => setDraft({ ...draft, ...changes })} />
    </ActForm>
  );
}

interface FieldsProps extends Pick<CreateClientProps, "rules"> {
  readonly draft: Partial<Draft>;
  readonly onDraft: (changes: Partial<Draft>) => void;
}

function Fields({ rules, draft, onDraft }: FieldsProps): ReactNode {
  const t = useTranslations("clients");
  const names = useNames();
  const codes = useCodes();
  const offered = rules.roles.filter(({ daysMax }) => daysMax > 0);
  const ofRole = offered.find(({ role }) => role === draft.role);
  return (
    <>
      <TextInput
        label={t("name")}
        data-autofocus
        value={draft.name ?? ""}
        onChange={({ currentTarget: { value } }) => onDraft({ name: value })}
      />
      <Select
        label={t("role")}
        searchable
        allowDeselect={false}
        data={choices(
          offered.map(({ role }) => role),
          names.role,
        )}
        value={draft.role ?? null}
        onChange={(value) => {
          const next = rules.roles.find(({ role }) => role === value);
          onDraft({ role: value as Role, purposes: [], rowScope: next?.rowScopes[0] ?? "none" });
        }}
      />
      <MultiSelect
        label={t("purposes")}
        disabled={ofRole === undefined}
        maxValues={ofRole?.purposesMax ?? Number.POSITIVE_INFINITY}
        data={choices(ofRole?.purposes ?? [], names.purpose)}
        value={draft.purposes ?? []}
        onChange={(values) => onDraft({ purposes: values as Purpose[] })}
      />
      <Select
        label={t("rows")}
        disabled={ofRole === undefined}
        allowDeselect={false}
        data={choices(ofRole?.rowScopes ?? [], names.rows)}
        value={draft.rowScope ?? null}
        onChange={(value) => onDraft({ rowScope: value as Rows })}
      />
      {ofRole?.classesNeeded === true && (
        <MultiSelect
          label={t("classes")}
          data={choices(codes.classes, names.dataClass)}
          value={draft.classes ?? []}
          onChange={(values) => onDraft({ classes: values as DataClass[] })}
        />
      )}
      {draft.rowScope !== undefined && draft.rowScope !== "none" && (
        <>
          <EntitiesInput
            label={t("entities")}
            value={draft.entities ?? []}
            onChange={(entities) => onDraft({ entities })}
          />
          <MultiSelect
            label={t("lines")}
            data={choices(codes.lines, names.line)}
            value={draft.lines ?? []}
            onChange={(values) => onDraft({ lines: values as Line[] })}
          />
        </>
      )}
      <Proofs onProofs={(proofs) => onDraft({ proofs })} />
    </>
  );
}

const FILE_BYTES_MAX = 100_000;

/** Public keys as JSON (RFC 7517), or a certificate in PEM; both are public. */
function Proofs({ onProofs }: { readonly onProofs: (proofs: Draft["proofs"]) => void }): ReactNode {
  const t = useTranslations("clients");
  const [file, setFile] = useState<File | null>(null);
  const [isBad, setBad] = useState(false);
  const read = async (given: File | null): Promise<void> => {
    setFile(given);
    setBad(false);
    onProofs(undefined);
    if (given === null) return;
    try {
      if (given.size > FILE_BYTES_MAX) throw new Error("too large");
      const text = await given.text();
      onProofs(text.includes("BEGIN CERTIFICATE") ? { certificate: text } : { jwks: JSON.parse(text) });
    } catch {
      setBad(true);
    }
  };
  return (
    <>
      <FileInput
        label={t("file")}
        description={t("fileHint")}
        accept=".json,.jwks,.pem,.crt"
        clearable
        clearButtonProps={{ "aria-label": t("fileClear") }}
        value={file}
        error={isBad ? t("fileBad") : undefined}
        onChange={(given) => void read(given)}
      />
      {file === null && <Text size="xs">{t("noFile")}</Text>}
    </>
  );
}
