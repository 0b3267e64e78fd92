using MudBlazor;

namespace HccPipeline.Reporting.Dashboard;

/// <summary>Colours and type: fonts of the system, contrast of 4.5 to 1 and more on both grounds.</summary>
internal static class DashboardTheme
{
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b5563", Secondary = "#8a4b08", AppbarBackground = "#0b5563", AppbarText = "#ffffff", Background = "#f2f5f7", Surface = "#ffffff",
            DrawerBackground = "#ffffff", DrawerText = "#1b2429", DrawerIcon = "#45545d", TextPrimary = "#1b2429", TextSecondary = "#45545d",
            Success = "#1b6e3c", Warning = "#8a4b08", Error = "#a31515", Info = "#0b5394", LinesDefault = "#d5dde2", TableLines = "#d5dde2",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#7fd0dd", PrimaryContrastText = "#0c1b1f", Secondary = "#f0b26b", AppbarBackground = "#10262b", AppbarText = "#e6ebee", Background = "#14191d", Surface = "#1e262c",
            DrawerBackground = "#1a2126", DrawerText = "#e6ebee", DrawerIcon = "#b3c0c8", TextPrimary = "#e6ebee", TextSecondary = "#b3c0c8",
            Success = "#7ddba0", Warning = "#f0b26b", Error = "#ff9d92", Info = "#8cc4ff", LinesDefault = "#39454d", TableLines = "#39454d",
            SuccessContrastText = "#0c1b1f", WarningContrastText = "#0c1b1f", ErrorContrastText = "#0c1b1f", InfoContrastText = "#0c1b1f", SecondaryContrastText = "#0c1b1f",
        },
        Typography = new()
        {
            Default = new DefaultTypography { FontFamily = Fonts },
            H1 = new H1Typography { FontFamily = Fonts, FontSize = "1.6rem", FontWeight = "600", LineHeight = "1.3" },
            H2 = new H2Typography { FontFamily = Fonts, FontSize = "1.15rem", FontWeight = "600", LineHeight = "1.4" },
            Button = new ButtonTypography { FontFamily = Fonts, TextTransform = "none" },
        },
    };
}
