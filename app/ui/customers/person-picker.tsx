import { BlockStack, Button, Icon, InlineError, Text, TextField } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useId, useState } from "react";
import type { CustomerRow, UnmetRow } from "~/customers/list";
import { personName } from "~/customers/name";
import { AskFailed, ask } from "../ask";
import styles from "./customers.module.css";

export interface Picked {
  /** Our id, or `shopify/<number>`. */
  key: string;
  name: string;
}

interface Found {
  key: string;
  name: string;
  about: string;
}

/** Searches a person and gives the one that is pressed; those of `without` are left out. */
export function PersonPicker({ without, onPick }: { without: readonly string[]; onPick(picked: Picked): void }) {
  const id = useId();
  const [text, setText] = useState("");
  const [found, setFound] = useState<{ for: string; people: Found[] } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = text.trim();
  useEffect(() => {
    if (asked === "") return;
    let over = false;
    const timer = setTimeout(async () => {
      try {
        const answer = await ask<{ rows: CustomerRow[]; unmet: UnmetRow[] }>(
          `/customers/find?q=${encodeURIComponent(asked)}`,
        );
        if (over) return;
        setProblem(null);
        setFound({ for: asked, people: peopleOf(answer) });
      } catch (error) {
        if (!over) setProblem(error instanceof AskFailed ? error.message : "The search did not work.");
      }
    }, 250);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [asked]);
  const shown = asked === "" ? [] : (found?.people.filter((one) => !without.includes(one.key)) ?? []);

  return (
    <BlockStack gap="200">
      <TextField
        id={id}
        label="Search a person"
        placeholder="Name, e-mail or phone"
        prefix={<Icon source={SearchIcon} />}
        value={text}
        onChange={setText}
        autoComplete="off"
        loading={asked !== "" && found?.for !== asked && !problem}
      />
      {problem ? <InlineError message={problem} fieldID={id} /> : null}
      {shown.length > 0 ? (
        <ul className={styles.plain} aria-label="People found">
          {shown.map((one) => (
            <li key={one.key} className={styles.choice}>
              <span className={styles.words}>
                <Text as="span" fontWeight="medium" breakWord>
                  <bdi>{one.name}</bdi>
                </Text>
                <Text as="p" variant="bodySm" tone="subdued" breakWord>
                  <bdi>{one.about}</bdi>
                </Text>
              </span>
              <Button onClick={() => onPick(one)} accessibilityLabel={`Choose ${one.name}`}>
                Choose
              </Button>
            </li>
          ))}
        </ul>
      ) : asked !== "" && found?.for === asked ? (
        <Text as="p" tone="subdued">
          Nobody found.
        </Text>
      ) : null}
    </BlockStack>
  );
}

function peopleOf({ rows, unmet }: { rows: CustomerRow[]; unmet: UnmetRow[] }): Found[] {
  return [
    ...rows.map((row) => ({
      key: row.id,
      name: personName(row),
      about: [row.email, row.phone, row.conversations === 1 ? "1 conversation" : `${row.conversations} conversations`]
        .filter(Boolean)
        .join(" · "),
    })),
    ...unmet.map((row) => ({
      key: `shopify/${row.shopifyCustomerId.split("/").at(-1)}`,
      name: personName(row),
      about: [row.email, row.phone, "in Shopify"].filter(Boolean).join(" · "),
    })),
  ];
}
