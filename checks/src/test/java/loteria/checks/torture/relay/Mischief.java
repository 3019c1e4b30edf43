package loteria.checks.torture.relay;

import java.io.IOException;

/** What befalls the frames that go one way over one connection. For the thread that pumps them. */
interface Mischief {
  /** They go on as they came. */
  Mischief NONE = (frame, way) -> way.send(frame);

  /** A whole frame has come: what of it is sent on, and when, is decided here. */
  void frame(byte[] frame, Way way) throws IOException;

  /** Nothing more has come for a moment, or will ever come. */
  default void idle(Way way) throws IOException {}
}
