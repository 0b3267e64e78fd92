namespace HccPipeline.Benchmarks.Document;

/// <summary>Agreement and Table 1.</summary>
internal static class ComparisonMethods
{
    private const string Agreement = "Agreement", Table = "Table 1";

    public static IReadOnlyList<MethodDescription> All { get; } =
    [
        new(Agreement, "ICC(1,1), ICC(2,1), ICC(3,1), averages", "ratios of the mean squares of a two-way analysis of variance, F-based limits", "Shrout, Fleiss, Psychol Bull 1979;86:420; McGraw, Wong, Psychol Methods 1996;1:30", "plain R on `aov`", "agreement", ["icc"]),
        new(Agreement, "Limits of agreement", "bias ± z·sd of the differences", "Bland, Altman, Lancet 1986;1:307", "plain R", "agreement", ["bland_altman"]),
        new(Agreement, "Cohen's kappa, weighted", "(observed − chance)/(1 − chance); large-sample standard error; weighted only where the categories have an order: numbers, or `--levels`", "Cohen, Psychol Bull 1968;70:213; Fleiss, Cohen, Everitt, Psychol Bull 1969;72:323", "", "", []),
        new(Table, "Descriptives", "sd with divisor n − 1; quartiles of types 7, 6, 2", "Hyndman, Fan, Am Stat 1996;50:361", "`mean`, `sd`, `quantile`", "table1", ["descriptives"]),
        new(Table, "Shapiro-Wilk", "W with Royston's coefficients and normalisation", "Royston, Appl Stat 1995;44:547 (AS R94)", "`shapiro.test`", "table1", ["shapiro_w", "shapiro_p"]),
        new(Table, "Welch, Student, F of variances", "difference of means over its standard error, Welch-Satterthwaite df", "Welch, Biometrika 1947;34:28", "`t.test`, `var.test`", "table1", ["welch", "student", "f_test_variances"]),
        new(Table, "Mann-Whitney", "U, tie-corrected variance, continuity ½, exact without ties", "Mann, Whitney, Ann Math Stat 1947;18:50", "`wilcox.test`", "table1", ["mann_whitney"]),
        new(Table, "χ², Yates", "Σ(O − E)²/E; correction min(½, |O − E|)", "Pearson 1900; Yates 1934", "`chisq.test`", "table1", ["chi_squared_2x2", "chi_squared_2x2_yates", "chi_squared_2x3"]),
        new(Table, "Fisher, Freeman-Halton: p", "sum of the table probabilities at most (1 + 1e-7) times the observed, over the network of tables; beyond 10⁷ steps (1 + reached)/(1 + drawn) of 10⁴ to 10⁵ seeded random tables, with its standard error", "Fisher 1935; Freeman, Halton, Biometrika 1951;38:141; Mehta, Patel, J Am Stat Assoc 1983;78:427", "`fisher.test`", "table1", ["fisher_2x2/p", "fisher_2x3/p"]),
        new(Table, "Fisher: conditional odds ratio and limits", "conditional maximum likelihood; exact limits", "Cornfield 1956", "`fisher.test`", "table1", ["odds_ratio_conditional_mle", "fisher_2x2/ci95"], "R's own error: its root search stops at 1.2e-4"),
        new(Table, "The 78-patient table", "every line of the paper-shaped cohort's Table 1", "", "the tests above", "table1", ["table1"]),
    ];
}
