using HccPipeline.Testing;
using HccPipeline.Dicom;
using HccPipeline.Ingest.Classification;
using Xunit;

namespace HccPipeline.Ingest.Tests.Classification;

public sealed class SequenceClassifierTests
{
    // Series as scanners of several makers write them:
    // expected | image type | description | protocol | sequence name | scanning sequence | TE | TR | b | contrast agent
    public static TheoryData<string> Series =>
    [
        // Siemens
        "T2 | ORIGINAL\\PRIMARY\\M\\NORM\\DIS2D | t2_blade_tra_mbh_fs | t2_blade_tra_mbh_fs | *tseBR2d1_35 | SE | 95 | 3200 | | ",
        "T2 | ORIGINAL\\PRIMARY\\M\\NORM\\DIS2D | t2_haste_tra_mbh | | *h2d1_205 | SE | 92 | 1400 | | ",
        "T2 | ORIGINAL\\PRIMARY\\M\\ND\\NORM | AXIAL SE T2 FAT SAT - RESEARCH | | | SE | | | | ",
        "Dwi | ORIGINAL\\PRIMARY\\DIFFUSION\\NONE\\ND\\DIS2D | ep2d_diff_b50_400_800_tra | | *ep_b50#1 | EP | 62 | 5500 | 50 | ",
        "Dwi | DERIVED\\PRIMARY\\DIFFUSION\\TRACEW\\ND\\DIS2D | ep2d_diff_b50_400_800_tra_TRACEW | | *ep_b800t | EP | 62 | 5500 | 800 | ",
        "Adc | DERIVED\\PRIMARY\\DIFFUSION\\ADC\\ND\\DIS2D | ep2d_diff_b50_400_800_tra_ADC | | *ep_b50_800 | EP | 62 | 5500 | | ",
        "T1 | ORIGINAL\\PRIMARY\\M\\NORM\\DIS2D | t1_vibe_fs_tra_bh | | *fl3d1_ns | GR | 1.9 | 4.3 | | ",
        "T1Enhanced | ORIGINAL\\PRIMARY\\M\\NORM\\DIS2D | t1_vibe_fs_tra_bh | | *fl3d1_ns | GR | 1.9 | 4.3 | | Gadovist",
        "T1Pre | ORIGINAL\\PRIMARY\\M\\NORM\\DIS2D | t1_vibe_dixon_tra_bh_pre_W | | *fl3d2 | GR | 2.4 | 6.7 | | ",
        "T1Arterial | ORIGINAL\\PRIMARY\\M\\NORM | t1_vibe_fs_tra_bh_arterial | | *fl3d1 | GR | 1.9 | 4.3 | | Primovist",
        "T1Portal | ORIGINAL\\PRIMARY\\M\\NORM | t1_vibe_fs_tra_bh_portal venous | | *fl3d1 | GR | 1.9 | 4.3 | | Primovist",
        "T1Delayed | ORIGINAL\\PRIMARY\\M\\NORM | t1_vibe_fs_tra_bh_20min | | *fl3d1 | GR | 1.9 | 4.3 | | Primovist",
        "- | ORIGINAL\\PRIMARY\\M\\NORM\\DIS2D | t1_vibe_dixon_tra_bh_opp | | *fl3d2 | GR | 1.2 | 6.7 | | ",
        "- | ORIGINAL\\PRIMARY\\P\\ND | t1_fl2d_phase | | *fl2d | GR | 4 | 120 | | ",
        "- | DERIVED\\PRIMARY\\T2 MAP\\NONE | t2map_images | | | SE | 80 | 2000 | | ",
        // GE
        "T2 | ORIGINAL\\PRIMARY\\OTHER | Ax T2 FRFSE RTr FS | | frfse | SE | 85 | 8000 | 0 | ",
        "T2 | ORIGINAL\\PRIMARY\\OTHER | Cor SSFSE BH | | ssfse | SE | 90 | 1200 | | ",
        "Dwi | ORIGINAL\\PRIMARY\\OTHER | Ax DWI b 50, 800 | | epi2 | EP\\SE | 60 | 6000 | 0 | ",
        "Adc | DERIVED\\PRIMARY\\OTHER | Apparent Diffusion Coefficient (mm2/s) | | epi2 | EP\\SE | 60 | 6000 | | ",
        "- | DERIVED\\PRIMARY\\OTHER | Exponential Apparent Diffusion Coefficient | | epi2 | EP\\SE | 60 | 6000 | | ",
        "T1Arterial | ORIGINAL\\PRIMARY\\OTHER | Ax LAVA Late Arterial | | efgre3d | GR | 1.7 | 3.6 | | ",
        "T1Enhanced | ORIGINAL\\PRIMARY\\OTHER | Ax LAVA-Flex +C | | efgre3d | GR | 1.7 | 3.6 | | MULTIHANCE",
        "- | ORIGINAL\\PRIMARY\\OTHER | 3-plane Loc SSFSE | | ssfse | SE | 80 | 1000 | | ",
        "- | DERIVED\\SECONDARY\\MIP | MIP T2 MRCP | | | SE | 700 | 4000 | | ",
        "- | ORIGINAL\\PRIMARY\\OTHER | RTr MRCP 3D | | cube | SE | 700 | 3000 | | ",
        // Philips
        "T2 | ORIGINAL\\PRIMARY\\M_SE\\M\\SE | T2W_TSE_nav | WIP T2W_TSE_nav SENSE | TSE | SE | 80 | 2200 | 0 | ",
        "Dwi | ORIGINAL\\PRIMARY\\M_SE\\M\\SE | DWI_3b SENSE | | DwiSE | SE | 60 | 3500 | 0 | ",
        "Dwi | ORIGINAL\\PRIMARY\\DIFFUSION\\NONE | liver b | | DwiSE | EP | 60 | 3500 | 800 | ",
        "Adc | DERIVED\\PRIMARY\\ADC_UNSPECIFIED\\ADC\\UNSPECIFIED | dADC 0-800 | | DwiSE | SE | 60 | 3500 | | ",
        "T1Enhanced | ORIGINAL\\PRIMARY\\M_FFE\\M\\FFE | dyn eTHRIVE | | T1TFE | GR | 1.4 | 3 | | Dotarem",
        "- | ORIGINAL\\PRIMARY\\M_FFE\\M\\FFE | BFFE BH | | bFFE | GR | 1.6 | 3.2 | | ",
        "- | ORIGINAL\\PRIMARY\\M_FFE\\M\\FFE | SURVEY | | FFE | GR | 4 | 9 | | ",
        // Canon (Toshiba)
        "T2 | ORIGINAL\\PRIMARY\\GDC | AX T2 | AX T2 | FASE2D+6.5 | SE | 78 | 15200 | | ",
        "Adc | DERIVED\\SECONDARY\\ADC | | DIFF B500 | SEEPI2D+0.75 | SE | 80 | 2500 | 500 | ",
        "Dwi | ORIGINAL\\PRIMARY\\DIFFUSION | DWI B500 | DIFF B500 | SEEPI2D | SE | 80 | 2500 | 500 | ",
        // United Imaging
        "Dwi | DERIVED\\PRIMARY\\DIFFUSION\\ISO | epi_dwi_tra_b800 | | epi_dwi | EP | 58 | 3000 | 800 | ",
        "T2 | ORIGINAL\\PRIMARY\\M\\NORM | t2_fse_tra_arms_fs | | fse | SE | 90 | 4000 | | ",
        // Nobody wrote anything
        "T2 | ORIGINAL\\PRIMARY | | | | SE | 85 | 3000 | | ",
        "T1 | ORIGINAL\\PRIMARY | | | | GR | 2.1 | 5 | | NONE",
        "- | ORIGINAL\\PRIMARY | | | | SE | 12 | 550 | | ",
        "- | ORIGINAL\\PRIMARY | | | | IR\\SE | 70 | 5000 | | ",
        "T2 | ORIGINAL\\PRIMARY | Series 5 | AX T2 FS | | SE | 85 | 3000 | | ",
        "- | ORIGINAL\\PRIMARY | T2* map | | | GR | 5 | 100 | | ",
    ];

    [Theory]
    [MemberData(nameof(Series))]
    public void Classify_SeriesOfManyMakers_IsWhatARadiologistWouldSay(string row)
    {
        string[] cells = [.. row.Split('|').Select(c => c.Trim())];
        double? Number(int i) => cells[i].Length == 0 ? null : double.Parse(cells[i], System.Globalization.CultureInfo.InvariantCulture);
        SequenceGuess guess = SequenceClassifier.Classify(new ImageAttributes
        {
            ImageType = cells[1].Split('\\'),
            SeriesDescription = cells[2],
            ProtocolName = cells[3],
            SequenceName = cells[4],
            ScanningSequence = cells[5].Split('\\'),
            EchoTimeMs = Number(6),
            RepetitionTimeMs = Number(7),
            InversionTimeMs = cells[5].Contains("IR", StringComparison.Ordinal) ? 160 : null,
            BValue = Number(8),
            ContrastAgent = cells[9],
        });
        Assert.Equal(cells[0], guess.Kind?.ToString() ?? "-");
        Assert.NotEmpty(guess.Reason);
    }

    [Theory]
    [InlineData("t2_image", ImageKind.T2)]
    [InlineData("adc_image", ImageKind.Adc)]
    public void Classify_RealLiverSeries_IsTheirFolder(string folder, ImageKind expected)
    {
        foreach (string visit in (string[])["visit-1", "visit-2"])
        {
            foreach (string file in Directory.GetFiles(ConformanceData.Require("liver-mr", visit, folder)))
                Assert.Equal(expected, SequenceClassifier.Classify(ImageAttributes.Of(DicomFile.ReadHeader(file).Dataset)).Kind);
        }
    }

    [Theory]
    [InlineData("soft-tissue-mr-rtstruct/MR_T2/image", ImageKind.T2)]
    [InlineData("dce-mr-seg/UCSF-BR-06/image_dce_pe1", null)]
    [InlineData("dce-mr-seg/UCSF-BR-06/image_dce_ser", null)]
    public void Classify_RealSeriesOfOtherOrgans_IsWhatTheyShow(string folder, ImageKind? expected)
    {
        string file = Directory.GetFiles(ConformanceData.Require(folder.Split('/'))).Order(StringComparer.Ordinal).First();
        Assert.Equal(expected, SequenceClassifier.Classify(ImageAttributes.Of(DicomFile.ReadHeader(file).Dataset)).Kind);
    }

    [Fact]
    public void Classify_DiffusionWithItsWeightInTheDescriptionAlone_TakesItFromThere() =>
        Assert.Equal(800, SequenceClassifier.Classify(new ImageAttributes { SeriesDescription = "Ax DWI b=800" }).BValue);

    [Fact]
    public void Classify_DiffusionWithSeveralWeightsInTheDescription_DoesNotGuess() =>
        Assert.Null(SequenceClassifier.Classify(new ImageAttributes { SeriesDescription = "Ax DWI b50 b800" }).BValue);

    [Fact]
    public void Classify_AdcWithAWeightInItsHeader_HasNone() =>
        Assert.Null(SequenceClassifier.Classify(new ImageAttributes { ImageType = ["DERIVED", "SECONDARY", "ADC"], BValue = 500 }).BValue);
}
