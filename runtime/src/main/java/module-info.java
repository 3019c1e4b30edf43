/** Settings, log lines and termination: what both programs share. */
module loteria.runtime {
  requires static transitive org.jspecify;
  requires org.snakeyaml.engine;

  exports loteria.runtime;
  exports loteria.runtime.log;
  exports loteria.runtime.settings;
}
