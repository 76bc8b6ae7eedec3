import { appFrame } from "./app-frame";
import { menus } from "./menus";
import { readFrameData } from "./page";
import { guardLeaving } from "./save-bar";

menus();
guardLeaving();
const data = readFrameData();
if (data) appFrame(data);
