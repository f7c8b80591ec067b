package io.sande;

/** How a {@link BackdoorRemover} works: the options of one method. */
public sealed interface RemovalOptions
    permits DpoOptions,
        FineMixingOptions,
        FlushOptions,
        NadOptions,
        OsftOptions,
        SandeOptions,
        SftOptions {}
