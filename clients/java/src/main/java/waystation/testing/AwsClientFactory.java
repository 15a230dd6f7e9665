package waystation.testing;

import java.net.URI;

/** Makes a client of AWS for a place and a caller, with whichever SDK a project has. */
@FunctionalInterface
public interface AwsClientFactory<C> {
  C make(URI endpoint, String region, String accessKeyId, String secretAccessKey);
}
