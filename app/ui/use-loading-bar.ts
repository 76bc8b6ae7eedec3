import { useNavigation } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";

/** Shows the admin's own loading bar while the next page is read. */
export function useLoadingBar(): void {
  const shopify = useAppBridge();
  const loading = useNavigation().state === "loading";
  useEffect(() => {
    if (!loading) return;
    shopify.loading(true);
    return () => shopify.loading(false);
  }, [loading, shopify]);
}
