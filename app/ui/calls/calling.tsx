import { createContext, type ReactNode, useContext, useState } from "react";
import { CallDialog } from "./call-dialog";
import { useCalls } from "./use-calls";

const CallingContext = createContext<(() => void) | null>(null);

/** Everything below it can call this customer. */
export function Calling({ customerId, children }: { customerId: string; children: ReactNode }) {
  const { live } = useCalls();
  const [open, setOpen] = useState(false);
  const mayCall = live?.connected && !live.mine;
  return (
    <CallingContext.Provider value={mayCall ? () => setOpen(true) : null}>
      {children}
      {open ? <CallDialog customerId={customerId} onClose={() => setOpen(false)} /> : null}
    </CallingContext.Provider>
  );
}

/** Asks whoever looks at which number to call; null while one talks already, and where the shop takes no calls. */
export function useCalling(): (() => void) | null {
  return useContext(CallingContext);
}
