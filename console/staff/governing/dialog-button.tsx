// A button that opens a dialog; what stands in it begins anew each time.
import { Button, type ButtonProps } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Dialog } from "./dialog.tsx";

export interface DialogButtonProps extends ButtonProps {
  readonly label: string;
  /** Read out instead, where the label alone would not tell what it is about. */
  readonly about?: string;
  readonly title: string;
  readonly dialogSize?: string;
  /** Whoever came for it finds it open. */
  readonly isOpenAtFirst?: boolean;
  readonly dialog: (close: () => void) => ReactNode;
}

export function DialogButton({
  label,
  about,
  title,
  dialogSize = "lg",
  isOpenAtFirst = false,
  dialog,
  ...looks
}: DialogButtonProps): ReactNode {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  useFocusKept(isOpen);
  const close = (): void => setOpen(false);
  return (
    <>
      <Button variant="default" {...looks} aria-label={about} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title={title} size={dialogSize}>
        {isOpen && dialog(close)}
      </Dialog>
    </>
  );
}

/** What was done may take away the row that the button stood in: the page's heading gets the focus then, so that it is not lost. */
function useFocusKept(isOpen: boolean): void {
  const open = useRef(isOpen);
  open.current = isOpen;
  useEffect(
    () => () => {
      if (open.current) document.querySelector<HTMLElement>("h1")?.focus();
    },
    [],
  );
}
