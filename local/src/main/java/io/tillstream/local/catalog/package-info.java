/**
 * The catalog and the profiles on their way into Redis (contract, "Redis"). May import {@code
 * process}, {@code topics} (for lines) and Jedis.
 */
package io.tillstream.local.catalog;
