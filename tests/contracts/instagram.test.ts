import { describeAdapter } from "./channel-adapter";
import { messagingContract, metaContract } from "./meta";

describeAdapter(metaContract("instagram", { ...messagingContract("instagram"), findable: true, tooLong: 1_001 }));
