import { describeAdapter } from "./channel-adapter";
import { messagingContract, metaContract, told } from "./meta";

describeAdapter(
  metaContract("messenger", {
    ...messagingContract("messenger"),
    findable: true,
    tooLong: 2_001,
    receipt: told("messenger"),
  }),
);
