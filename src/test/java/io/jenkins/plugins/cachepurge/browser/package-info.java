/** Tests with a real browser, in the Maven profile {@code browser}. */
package io.jenkins.plugins.cachepurge.browser;
