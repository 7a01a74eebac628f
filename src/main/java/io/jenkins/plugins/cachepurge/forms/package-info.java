/** What the fields of a form check, list and test, and for whom. */
package io.jenkins.plugins.cachepurge.forms;
