/**
 * The commands that ask the API, loaded together: what they share is most of what each of them needs, and a file costs
 * more to find and to open than a command to read. So modules of Node that one of them alone uses are loaded where they are used.
 */
export { alerts } from "./Alerts.ts"
export { compare } from "./Compare.ts"
export { config } from "./Config.ts"
export { get as getSetting, path as configFilePath, set as setSetting } from "./ConfigFile.ts"
export { doctor } from "./Doctor.ts"
export { get } from "./Get.ts"
export { latest } from "./Latest.ts"
export { list } from "./List.ts"
export { matches } from "./Matches.ts"
export { stats } from "./Stats.ts"
export { watch } from "./Watch.ts"
