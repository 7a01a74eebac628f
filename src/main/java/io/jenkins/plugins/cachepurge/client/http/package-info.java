/**
 * One exchange with a service: what is asked, what was answered, what went wrong. Knows neither Jenkins nor any
 * service; called by the service clients beside it and by the drivers in {@code operation}.
 */
package io.jenkins.plugins.cachepurge.client.http;
