/**
 * What an operator does for a lottery: certificates, topics of Kafka, closing an agency, the draw.
 */
@NullMarked
package loteria.tool.operate;

import org.jspecify.annotations.NullMarked;
