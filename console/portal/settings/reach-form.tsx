// Another address: how we are to reach the customer, and what will happen then. What is typed is in the page's memory alone.
import { Alert, Button, Group, List, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Trouble } from "../../shared/trouble.tsx";

const CHANNELS = ["email", "phone", "post"] as const;
type Channel = (typeof CHANNELS)[number];
const HAPPENS = ["only", "last", "wait"] as const;
const AUTO = {
  line1: "address-line1",
  line2: "address-line2",
  postcode: "postal-code",
  city: "address-level2",
} as const;
const PARTS = ["line1", "line2", "postcode", "city"] as const;
const EMPTY = { line1: "", line2: "", postcode: "", city: "" };

export function ReachForm({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("portal-settings");
  const common = useTranslations("common");
  const [channel, setChannel] = useState<Channel>("email");
  const [contact, setContact] = useState("");
  const [address, setAddress] = useState(EMPTY);
  const set = useAct("setOwnPreferences", { changes: ["getOwnPreferences"], onDone });
  const where = channel === "post" ? { channel, address } : { channel, contact: contact.trim() };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate({ body: { alternative: where } });
      }}
    >
      <Stack gap="sm">
        <SegmentedControl
          fullWidth
          size="md"
          aria-label={t("reach.how")}
          value={channel}
          onChange={(chosen) => setChannel(CHANNELS.find((each) => each === chosen) ?? "email")}
          data={CHANNELS.map((each) => ({ value: each, label: t(`reach.channels.${each}`) }))}
        />
        {channel === "post" ? (
          PARTS.map((part) => (
            <TextInput
              key={part}
              label={t(`reach.address.${part}`)}
              autoComplete={AUTO[part]}
              required={part !== "line2"}
              withAsterisk={false}
              maxLength={200}
              value={address[part]}
              onChange={({ currentTarget: { value } }) => setAddress((former) => ({ ...former, [part]: value }))}
            />
          ))
        ) : (
          <TextInput
            label={t(`reach.contact.${channel}`)}
            type={channel === "email" ? "email" : "tel"}
            autoComplete={channel === "email" ? "email" : "tel"}
            required
            withAsterisk={false}
            minLength={3}
            maxLength={254}
            value={contact}
            onChange={(event) => setContact(event.currentTarget.value)}
          />
        )}
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} title={t("reach.happens.title")}>
          <List spacing="xs">
            {HAPPENS.map((each) => (
              <List.Item key={each}>{t(`reach.happens.${each}`)}</List.Item>
            ))}
          </List>
        </Alert>
        <Trouble error={set.error} />
        <Group>
          <Button type="submit" loading={set.isPending}>
            {t("reach.go")}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {common("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
