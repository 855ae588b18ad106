FROM swift:6.3-bookworm AS build
WORKDIR /build
COPY scripts/lib.sh scripts/
RUN bash -euc '. scripts/lib.sh; install_packages "${build_packages[@]}"'
COPY Package.swift ./
RUN swift package resolve
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --static-swift-stdlib --product mock-arcgis \
  && strip -o /usr/local/bin/mock-arcgis .build/release/mock-arcgis

FROM debian:bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends \
    libdeflate0 libexpat1 libgeos-c1v5 libjpeg62-turbo liblerc4 libopenjp2-7 libpng16-16 libproj25 libsqlite3-0 \
    libtiff6 libturbojpeg0 proj-data \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 6080 --no-create-home --home-dir /var/lib/mock-arcgis mock-arcgis \
  && install -d -o mock-arcgis -m 1777 /var/lib/mock-arcgis
COPY --from=build /usr/local/bin/mock-arcgis /usr/bin/
COPY LICENSE /usr/share/doc/mock-arcgis/
# The sample data; a folder mounted here takes its place.
COPY data /data

# A container is reached from outside, at an address that it can't know: answers follow the request's Host
# and X-Forwarded-*. Behind a proxy that sends neither, set MOCK_ARCGIS_PUBLIC_URL.
ENV MOCK_ARCGIS_HOST=0.0.0.0 \
  MOCK_ARCGIS_PORT=6080 \
  MOCK_ARCGIS_DATA=/data \
  MOCK_ARCGIS_STATE=/var/lib/mock-arcgis
USER 6080
EXPOSE 6080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 CMD ["mock-arcgis", "health"]
ENTRYPOINT ["mock-arcgis"]
CMD ["serve"]
