/** The whole screen, from the model alone. */
import type { ReactElement } from "react"
import { tooSmall } from "../Layout.ts"
import type { Model } from "../Model.ts"
import { AlertsView } from "./AlertsView.tsx"
import { CompareView } from "./CompareView.tsx"
import { DetailView } from "./DetailView.tsx"
import { Frame } from "./Frame.tsx"
import { ListView } from "./ListView.tsx"
import { FirstRunView, HelpView, MenuView } from "./OverlayView.tsx"
import { ProblemView, SmallView, TextView } from "./StateView.tsx"
import { TrendsView } from "./TrendsView.tsx"

const Content = ({ model }: { readonly model: Model }): ReactElement => {
  const { overlay } = model
  switch (overlay?._tag) {
    case "Menu":
      return <MenuView model={model} menu={overlay.menu} />
    case "Help":
      return <HelpView model={model} field={overlay.field} index={overlay.index} />
    case "Problem":
      return <ProblemView model={model} problem={overlay.problem} top={overlay.top} />
    case "Text":
      return <TextView model={model} title={overlay.title} text={overlay.text} />
    default:
      return <Screen model={model} />
  }
}

const Screen = ({ model }: { readonly model: Model }): ReactElement => {
  if (model.firstRun !== null) return <FirstRunView model={model} />
  switch (model.board?._tag) {
    case "Alerts":
      return <AlertsView model={model} board={model.board} />
    case "Trends":
      return <TrendsView model={model} board={model.board} />
    case "Compare":
      return <CompareView model={model} board={model.board} />
  }
  return model.detail === null ? <ListView model={model} /> : <DetailView model={model} detail={model.detail} />
}

export const App = ({ model }: { readonly model: Model }): ReactElement => {
  if (tooSmall(model.size)) return <SmallView model={model} />
  return (
    <Frame model={model}>
      <Content model={model} />
    </Frame>
  )
}
