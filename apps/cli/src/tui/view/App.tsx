/** What is painted, in the elements of the screen library. */
import { Box, Text } from "ink"
import { memo, type ReactElement } from "react"
import type { Model } from "../Model.ts"
import { painted } from "./Painting.ts"

/** A row of the screen. One that is as before is left alone. */
const Row = memo(({ text }: { readonly text: string }) => (
  <Box height={1} flexShrink={0}>
    <Text wrap="truncate">{text === "" ? " " : text}</Text>
  </Box>
))

export const App = ({ model }: { readonly model: Model }): ReactElement => (
  <Box flexDirection="column" width="100%" height={model.size.rows} overflow="hidden">
    {painted(model).map((text, index) => (
      <Row key={index} text={text} />
    ))}
  </Box>
)
