import { appFrame } from "./app-frame";
import { extensions } from "./extensions";
import { menus } from "./menus";
import { readFrameData } from "./page";
import { guardLeaving } from "./save-bar";

menus();
guardLeaving();
extensions();
const data = readFrameData();
if (data) appFrame(data);
