// Where a file is dropped, or chosen by pressing.
import { Group, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { IconFileUpload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FILE_BYTES_MAX } from "./send-file.ts";

export interface FileDropProps {
  readonly file: File | null;
  readonly onFile: (file: File | null) => void;
  readonly label?: string;
}

export function FileDrop({ file, onFile, label }: FileDropProps): ReactNode {
  const t = useTranslations("imports");
  const says = label ?? t("drop");
  return (
    <Dropzone
      onDrop={([dropped]) => onFile(dropped ?? null)}
      maxFiles={1}
      maxSize={FILE_BYTES_MAX}
      aria-label={says}
      inputProps={{ "aria-label": says }}
    >
      <Group justify="center" gap="md" mih={90} style={{ pointerEvents: "none" }}>
        <IconFileUpload size={36} aria-hidden />
        <div>
          <Text>{file === null ? says : file.name}</Text>
          <Text size="sm" c="dimmed">
            {t("dropHint")}
          </Text>
        </div>
      </Group>
    </Dropzone>
  );
}
