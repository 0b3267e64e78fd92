namespace HccPipeline.Benchmarks.Document;

/// <summary>Drift and monitoring.</summary>
internal static class MonitoringMethods
{
    private const string Drift = "Drift";

    public static IReadOnlyList<MethodDescription> All { get; } =
    [
        new(Drift, "Population stability index, Jensen-Shannon", "Σ(cur − base)·ln(cur/base) over the baseline's deciles, shares floored at 1e-4", "Yurdakul, Western Michigan University 2018", "plain R", "drift",
            ["psi_decile_edges", "psi_fixed_edges", "js_divergence_decile_bins_nats"]),
        new(Drift, "Wasserstein distance", "∫|F − G|", "Vallender, Theory Probab Appl 1974;18:784", "plain R", "drift", ["wasserstein1"]),
        new(Drift, "Kolmogorov-Smirnov", "exact by lattice paths given the ties; limit series in full", "Schröer, Trenkler, Comput Stat Data Anal 1995;20:185", "`ks.test`; plain R for the full series", "drift",
            ["ks/D", "ks/p_exact", "ks/p_asymptotic_full_series", "ks/z"], "R forms the exact p-value as 1 − lower tail"),
        new(Drift, "Permutation p-values, Benjamini-Hochberg", "(1 + reached)/(1 + permutations)", "Phipson, Smyth, Stat Appl Genet Mol Biol 2010;9:39; Benjamini, Hochberg, J R Stat Soc B 1995;57:289", "`p.adjust` (its own test in the room)", "", []),
        new(Drift, "CUSUM, EWMA, Shewhart, Page-Hinkley", "C⁺ = max(0, C⁺ + x − μ₀ − k); z = λx + (1 − λ)z with time-varying limits", "Montgomery, Introduction to Statistical Quality Control, 2013; Page, Biometrika 1954;41:100", "plain R", "drift", ["charts"]),
        new(Drift, "Charts of per-patient placement values", "a case placed among the frozen reference's controls and the other way round; limit simulated to a declared in-control run length", "DeLong et al. 1988; Hawkins, Olwell, Cumulative Sum Charts, 1998", "", "", []),
        new(Drift, "Power and detectable fall of an AUC", "binormal scores, exact variance of the AUC by quadrature", "Hanley, McNeil, Radiology 1982;143:29", "", "", []),
    ];
}
