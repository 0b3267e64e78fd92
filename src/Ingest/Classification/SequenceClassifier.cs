namespace HccPipeline.Ingest.Classification;

/// <summary>
/// Tells what an MR image shows. Derived maps and diffusion are told by Image Type, which scanners write, before anything that people
/// write; then the description, then the protocol name, then the physics of the acquisition.
/// </summary>
public static class SequenceClassifier
{
    private const double ShortestT2EchoMs = 60;
    private const double LongestT2EchoMs = 250;      // beyond it only fluid is left: cholangiography
    private const double ShortestT2RepetitionMs = 1500;
    private const double LongestT1EchoMs = 10;
    private const double LongestT1RepetitionMs = 300;

    /// <summary>Classifies an image. Pure: the same attributes give the same answer.</summary>
    public static SequenceGuess Classify(ImageAttributes image)
    {
        DescriptionWords description = new(image.SeriesDescription);
        DescriptionWords protocol = new(image.ProtocolName);
        SequenceGuess guess = Guess(image, description, protocol);
        return guess.Kind == ImageKind.Dwi ? guess with { BValue = image.BValue ?? description.SingleBValue() } : guess;
    }

    private static SequenceGuess Guess(ImageAttributes image, DescriptionWords description, DescriptionWords protocol) =>
        Unused(image, description)
            ?? DerivedMap(image, description)
            ?? Diffusion(image, description, protocol)
            ?? T2(description, "series description")
            ?? T1(image, description, "series description")
            ?? T2(protocol, "protocol name")
            ?? T1(image, protocol, "protocol name")
            ?? ByPhysics(image, description)
            ?? new SequenceGuess(null, "no attribute tells what it shows");

    private static SequenceGuess? Unused(ImageAttributes image, DescriptionWords words)
    {
        if (HasType(image, "LOCALIZER") || words.HasStart("loc", "scout", "survey") || words.Contains("3-plane", "3plane", "3 plane"))
            return new(null, "localiser");
        if (HasType(image, "PROJECTION IMAGE", "MIP", "MINIP", "MPR", "SUBTRACTION", "REFORMATTED") || words.Has("mip", "mpr", "sub", "subtraction"))
            return new(null, "projection, reformatted or subtracted image");
        if (HasType(image, "PHASE MAP", "P", "SCREEN SAVE", "SECONDARY CAPTURE"))
            return new(null, "phase image or screen copy");
        if (words.Contains("mrcp", "cholangio") || image.EchoTimeMs > LongestT2EchoMs)
            return new(null, "cholangiography");
        return null;
    }

    private static SequenceGuess? DerivedMap(ImageAttributes image, DescriptionWords words)
    {
        if (HasType(image, "EADC", "EXP_ADC", "EXPONENTIAL", "FA", "T2 MAP", "T1 MAP", "T2_STAR MAP", "R2 MAP", "R2STAR MAP", "FAT_FRACTION")
            || words.Contains("exponential apparent", "eadc", "mapping", "t2 map", "t2map", "t1 map", "t1map", "fractional anis"))
        {
            return new(null, "parametric map other than ADC");
        }
        if (image.ImageType.Any(t => t.Equals("ADC", StringComparison.OrdinalIgnoreCase) || t.StartsWith("ADC_", StringComparison.OrdinalIgnoreCase)))
            return new(ImageKind.Adc, "Image Type says ADC");
        bool named = words.Has("adc", "dadc", "adcmap") || words.Contains("apparent diffusion");
        if (named && !HasType(image, "ORIGINAL"))
            return new(ImageKind.Adc, "derived image whose description says ADC");
        return named ? new(ImageKind.Adc, "series description says ADC") : null;
    }

    private static SequenceGuess? Diffusion(ImageAttributes image, DescriptionWords description, DescriptionWords protocol)
    {
        if (HasType(image, "DIFFUSION", "TRACEW", "TRACE") || image.AcquisitionContrast.Equals("DIFFUSION", StringComparison.OrdinalIgnoreCase))
            return new(ImageKind.Dwi, "Image Type or Acquisition Contrast says diffusion");
        if (image.BValue > 0)
            return new(ImageKind.Dwi, "b-value above 0");
        if (SaysDiffusion(description))
            return new(ImageKind.Dwi, "series description says diffusion");
        bool echoPlanar = HasScanning(image, "EP") || image.SequenceName.Contains("ep_b", StringComparison.OrdinalIgnoreCase);
        // b = 0 alone says little: some vendors write it into every image.
        if (echoPlanar && (image.BValue is not null || SaysDiffusion(protocol)))
            return new(ImageKind.Dwi, "echo-planar image with a b-value or a diffusion protocol");
        return null;
    }

    private static bool SaysDiffusion(DescriptionWords words) =>
        words.HasStart("dwi", "diff", "tracew", "dwibs") || words.Contains("ep2d_diff", "ep2ddiff", "_dwi") || words.SingleBValue() is not null;

    private static SequenceGuess? T2(DescriptionWords words, string source)
    {
        if (words.HasStart("t2star") || words.Contains("t2 star", "t2_star"))
            return new(null, $"{source} says T2*");
        if (words.Has("stir", "tirm", "flair"))
            return new(null, $"{source} says inversion recovery");
        if (words.Has("trufi", "truefisp", "fiesta", "bffe", "btfe", "ssfp", "b-ffe"))
            return new(null, $"{source} says balanced steady state");
        bool says = words.HasStart("t2", "axt2", "trat2", "cort2", "sagt2", "haste", "ssfse", "sshtse", "fase");
        return says ? new(ImageKind.T2, $"{source} says T2") : null;
    }

    private static SequenceGuess? T1(ImageAttributes image, DescriptionWords words, string source)
    {
        bool fat = words.Has("fat", "f") && !words.Contains("fat sat", "fat_sat", "fat-sat", "fat sup", "fat_sup");
        bool chemicalShift = fat || words.Has("opp", "op", "oop", "opposed", "out", "inphase", "in", "ip") || words.HasStart("oppos");
        if (chemicalShift && (words.HasStart("t1", "vibe", "lava", "thrive", "ethrive", "dixon", "mdixon", "ideal") || words.Contains("phase")))
            return new(null, $"{source} says chemical-shift or fat image");
        ImageKind? phase = Phase(words);
        bool says = words.HasStart("t1", "vibe", "lava", "thrive", "ethrive", "mthrive", "fame", "twist", "quick3d", "disco");
        if (!says && !(phase is not null && IsSpoiledGradientEcho(image)))
            return null;
        if (phase is { } told)
            return new(told, $"{source} says {told}");
        return HasContrast(image) ? new(ImageKind.T1Enhanced, $"{source} says T1, contrast agent given") : new(ImageKind.T1, $"{source} says T1");
    }

    private static ImageKind? Phase(DescriptionWords words)
    {
        if (words.HasStart("arter", "hap") || words.Has("art"))
            return ImageKind.T1Arterial;   // first, for there is a late arterial phase
        if (words.HasStart("hbp", "hepatobil", "delay", "late", "equil", "transit") || words.HasMinutes())
            return ImageKind.T1Delayed;
        if (words.HasStart("portal", "venous", "pv"))
            return ImageKind.T1Portal;
        return words.Has("pre") || words.HasStart("precon", "nativ", "plain", "unenh", "noncon") || words.Contains("non contrast", "non-contrast", "w/o")
            ? ImageKind.T1Pre
            : null;
    }

    private static SequenceGuess? ByPhysics(ImageAttributes image, DescriptionWords words)
    {
        if (image.InversionTimeMs > 0 && HasScanning(image, "IR"))
            return new(null, "inversion recovery");
        bool spinEcho = HasScanning(image, "SE") && !HasScanning(image, "EP");
        if (spinEcho && image.EchoTimeMs >= ShortestT2EchoMs && image.RepetitionTimeMs is null or >= ShortestT2RepetitionMs && image.EchoTimeMs is not null)
            return new(ImageKind.T2, $"spin echo, echo time at least {ShortestT2EchoMs} ms");
        if (!IsSpoiledGradientEcho(image))
            return null;
        ImageKind kind = Phase(words) ?? (HasContrast(image) ? ImageKind.T1Enhanced : ImageKind.T1);
        return new(kind, "gradient echo, short echo and repetition time");
    }

    private static bool IsSpoiledGradientEcho(ImageAttributes image) =>
        HasScanning(image, "GR") && image.EchoTimeMs <= LongestT1EchoMs && image.RepetitionTimeMs <= LongestT1RepetitionMs && !image.SequenceVariant.Contains("SS");

    private static bool HasContrast(ImageAttributes image) =>
        image.ContrastAgent.Trim().ToUpperInvariant() is { Length: > 0 } agent && agent is not ("NONE" or "NO" or "N" or "0" or "NO CONTRAST");

    private static bool HasScanning(ImageAttributes image, string value) => image.ScanningSequence.Contains(value, StringComparer.OrdinalIgnoreCase);

    private static bool HasType(ImageAttributes image, params ReadOnlySpan<string> values)
    {
        foreach (string value in values)
        {
            if (image.ImageType.Contains(value, StringComparer.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
