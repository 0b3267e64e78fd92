namespace HccPipeline.Benchmarks.Document;

/// <summary>Discrimination, calibration, decision curves, nomogram.</summary>
internal static class PredictionMethods
{
    private const string Discrimination = "Discrimination", Calibration = "Calibration", Decision = "Decision curves", Nomogram = "Nomogram";

    public static IReadOnlyList<MethodDescription> All { get; } =
    [
        new(Discrimination, "ROC points, AUC", "share of case-control pairs with the case higher, ties ½; direction fixed", "Bamber, J Math Psychol 1975;12:387", "`pROC::roc`", "roc", ["points", "auc"]),
        new(Discrimination, "DeLong variance and interval", "S_cases/n₁ + S_controls/n₀ of the placement values, divisors n − 1; auc ± z·se in [0, 1], and on the logit scale",
            "DeLong, DeLong, Clarke-Pearson, Biometrics 1988;44:837", "`pROC::ci.auc`, `var`", "roc", ["delong_var", "delong_se", "ci95", "ci90", "ci95_logit_own_formula"]),
        new(Discrimination, "Paired and unpaired comparison", "(A₁ − A₂)/√(v₁ + v₂ − 2cov); unpaired: Student with Welch-Satterthwaite df", "as above", "`pROC::roc.test`", "roc",
            ["paired_delong", "unpaired_delong_pROC", "unpaired_delong_normal"]),
        new(Discrimination, "Youden threshold, operating points", "largest TP·n₀ + TN·n₁, on integers; Clopper-Pearson and Wilson limits", "Youden, Cancer 1950;3:32; Clopper, Pearson, Biometrika 1934;26:404; Wilson, J Am Stat Assoc 1927;22:209",
            "`pROC::coords`, `binom.test`", "roc", ["youden_thresholds_exact_ties", "at_youden", "at_half"]),
        new(Discrimination, "Bootstrap interval", "percentiles over replicates that redraw cases and controls apart", "Efron, Tibshirani, An Introduction to the Bootstrap, 1993", "", "", []),
        new(Discrimination, "Precision and recall", "average precision Σ(rₖ − rₖ₋₁)pₖ, no interpolation", "Davis, Goadrich, ICML 2006", "", "", []),
        new(Calibration, "Brier score, scaled, Spiegelhalter", "mean (y − p)²; 1 − B/(p̄(1 − p̄)); z = Σ(y − p)(1 − 2p)/√Σ(1 − 2p)²p(1 − p)", "Brier, Mon Weather Rev 1950;78:1; Spiegelhalter, Stat Med 1986;5:421", "plain R", "calibration",
            ["brier", "brier_null", "brier_scaled", "log_loss", "spiegelhalter_z", "spiegelhalter_p", "observed_expected_ratio"]),
        new(Calibration, "Calibration in the large, intercept and slope", "logit y ~ offset(logit p); logit y ~ logit p", "Cox, Biometrika 1958;45:562; Van Calster et al., J Clin Epidemiol 2016;74:167", "`glm`", "calibration",
            ["calibration_in_the_large_offset", "calibration_intercept_slope"], "glm's own standard errors are one iteration behind its estimates"),
        new(Calibration, "Hosmer-Lemeshow", "Σ(O₁ − E₁)²/E₁ + (O₀ − E₀)²/E₀ over deciles (type 7), or groups of equal count", "Hosmer, Lemeshow, Commun Stat A 1980;9:1043", "plain R", "calibration",
            ["hosmer_lemeshow_quantile7", "hosmer_lemeshow_equal_count"]),
        new(Calibration, "Lowess curve, Emax, E90, Eavg", "local lines, tricube weights, span ⅔", "Cleveland, J Am Stat Assoc 1979;74:829; Austin, Steyerberg, Stat Med 2019;38:4051", "`lowess`", "calibration",
            ["lowess_iter0", "lowess_iter0_delta0", "lowess_iter3"]),
        new(Calibration, "Loess curve", "local lines or parabolas, fitted exactly at each point", "Cleveland, Devlin, J Am Stat Assoc 1988;83:596", "`loess(surface = \"direct\")`", "calibration", ["loess_span75"]),
        new(Calibration, "val.prob indexes", "D, U, Q from likelihood ratios; Nagelkerke R²", "Harrell, Regression Modeling Strategies, 2015; Miller, Hui, Tierney, Stat Med 1991;10:1213", "`rms::val.prob`", "calibration",
            ["val_prob/R2", "val_prob/D", "val_prob/D:Chi-sq", "val_prob/U", "val_prob/U:Chi-sq", "val_prob/U:p", "val_prob/Q"]),
        new(Calibration, "val.prob: Dxy, C, intercept, slope", "2·AUC − 1; logit y ~ logit p", "as above", "`rms::val.prob`", "calibration", ["val_prob/Dxy", "val_prob/C (ROC)", "val_prob/Intercept", "val_prob/Slope"],
            "R's own error: rms coarsens predictions before counting pairs, and its fit stops early"),
        new(Calibration, "Bootstrap optimism of the whole process", "mean over resamples of (measure on the resample − on all rows); apparent − optimism", "Harrell, Lee, Mark, Stat Med 1996;15:361", "plain R on the same resamples", "calibration", ["bootstrap_own"]),
        new(Calibration, "Leave one centre out", "each centre predicted by a model made without it", "Steyerberg, Harrell, J Clin Epidemiol 2016;69:245", "", "", []),
        new(Decision, "Net benefit", "TP/n − FP/n · t/(1 − t), treat when p ≥ t; treat all: π − (1 − π)t/(1 − t)", "Vickers, Elkin, Med Decis Making 2006;26:565", "plain R", "dca",
            ["net_benefit", "treat_all", "treat_none", "tp", "fp", "prevalence"]),
        new(Decision, "Standardised, avoided treatments, untreated, area", "NB/π; (NB − NB_all)/(t/(1 − t))·100; TN/n − FN/n·(1 − t)/t", "Kerr et al., J Clin Oncol 2016;34:2534", "plain R", "dca",
            ["standardized_net_benefit", "net_reduction_per_100", "untreated_net_benefit", "thresholds_where_model_beats_all_and_none", "area_under_nb_curve_trapezoid_1_to_99"]),
        new(Decision, "Bootstrap bands", "pointwise percentiles over resampled rows", "Vickers et al., BMC Med Inform Decis Mak 2008;8:53", "", "", []),
        new(Nomogram, "Axes and points", "points = (βx − min βx)·100/widest range of βx over its axis", "Lubsen, Pool, van der Does, Methods Inf Med 1978;17:127", "`rms::nomogram`", "nomogram",
            ["sc_points_per_lp_unit", "lp_at_zero_points", "predictors", "lp_ticks", "total_points_ticks", "linear_predictor_axis", "xbeta_range"]),
        new(Nomogram, "Total points to probability", "1/(1 + exp(−(L₀ + T/scale)))", "as above", "plain R", "nomogram", ["probability_axis_exact", "total_points_to_probability", "patients"], "computed back, equal to the model to 1e-12"),
    ];
}
