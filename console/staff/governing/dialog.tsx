// A dialog, which what is shown in it this once can keep open until it was kept.
import { Modal } from "@mantine/core";
import { createContext, type ReactNode, use, useCallback, useEffect, useState } from "react";
import { useTranslations } from "use-intl";

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly size?: string;
  readonly children: ReactNode;
}

type Hold = (isHeld: boolean) => void;

const Holding = createContext<Hold | null>(null);

export function Dialog({ isOpen, onClose, title, size = "lg", children }: DialogProps): ReactNode {
  const t = useTranslations("common");
  const [isHeld, setHeld] = useState(false);
  const hold = useCallback<Hold>((isNow) => setHeld(isNow), []);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={size}
      closeOnEscape={!isHeld}
      closeOnClickOutside={!isHeld}
      withCloseButton={!isHeld}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Holding value={hold}>{children}</Holding>
    </Modal>
  );
}

/** For what is gone once the dialog is: neither a key nor a click beside it closes it, but what stands in it alone. Nothing outside of a dialog. */
export function useHeldOpen(): void {
  const hold = use(Holding);
  useEffect(() => {
    hold?.(true);
    return () => hold?.(false);
  }, [hold]);
}
