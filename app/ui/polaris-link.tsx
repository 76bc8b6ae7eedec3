import { Link } from "@remix-run/react";
import type { LinkLikeComponentProps } from "@shopify/polaris/build/ts/src/utilities/link";
import { forwardRef } from "react";

/** How Polaris makes its links: pages of the app without a reload, everything else as the browser does. */
export const PolarisLink = forwardRef<HTMLAnchorElement, LinkLikeComponentProps>(function PolarisLink(
  { url, external, target, children, download, ...rest },
  ref,
) {
  const outside = external || !url.startsWith("/") || target === "_blank" || target === "_top" || download;
  if (outside) {
    return (
      <a
        ref={ref}
        href={url}
        target={target ?? (external ? "_blank" : undefined)}
        rel="noopener noreferrer"
        download={download}
        {...rest}
      >
        {children}
      </a>
    );
  }
  return (
    <Link ref={ref} to={url} {...rest}>
      {children}
    </Link>
  );
});
