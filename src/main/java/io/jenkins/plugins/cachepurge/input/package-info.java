/**
 * Checks of parameters, and their messages in the language of the user; independent of Jenkins.
 * API for other plugins: {@code InputField}, {@code InvalidInputException} and {@code LocalizedText}; the rest is internal.
 */
package io.jenkins.plugins.cachepurge.input;
