using System.Xml.Linq;
using Xunit;

namespace HccPipeline.Architecture.Tests;

public sealed class DoorsTests
{
    [Fact]
    public void House_FoldersUnderSrc_AreTheRooms() =>
        Assert.Equal(Room.House.Select(r => r.Name).Order(StringComparer.Ordinal), Repository.RoomFolders.Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

    [Fact]
    public void House_DoorsFollowed_NeverLeadBack()
    {
        // A room that is listed may know only rooms listed before it: then no way leads round in a circle.
        for (int i = 0; i < Room.House.Length; i++)
            Assert.All(Room.House[i].MayKnow, known => Assert.True(Array.FindIndex(Room.House, r => r.Name == known) < i, $"{Room.House[i].Name} → {known}"));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Project_References_KeepTheDoors(string name)
    {
        XDocument project = XDocument.Load(Path.Combine(Repository.Root, "src", name, $"{name}.csproj"));

        Assert.Empty(Doors.InProject(Room.Of(name), project));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Sources_Names_KeepTheDoors(string name) =>
        Assert.Empty(Repository.Sources("src", name).SelectMany(f => Doors.InSource(Room.Of(name), File.ReadAllText(f)).Select(d => $"{Repository.Relative(f)}: {d}")));

    [Theory]
    [InlineData("Ingest", "<ProjectReference Include=\"../FeatureWorker/FeatureWorker.csproj\" />", "Ingest refers to FeatureWorker.")]
    [InlineData("Hosting", "<ProjectReference Include=\"..\\Persistence\\Persistence.csproj\" />", "Hosting refers to Persistence.")]
    [InlineData("Statistics", "<PackageReference Include=\"Dapper\" />", "Statistics uses package Dapper.")]
    [InlineData("Imaging", "<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />", "Imaging uses framework Microsoft.AspNetCore.App.")]
    public void InProject_DoorTheWrongWay_IsFound(string room, string reference, string finding) =>
        Assert.Equal([finding], Doors.InProject(Room.Of(room), XDocument.Parse($"<Project><ItemGroup>{reference}</ItemGroup></Project>")));

    [Theory]
    [InlineData("ModelWorker", "using HccPipeline.Ingest.Clinical;", "ModelWorker names HccPipeline.Ingest.")]
    [InlineData("Radiomics", "using Grid = HccPipeline.Dicom.SeriesVolume;", "Radiomics names HccPipeline.Dicom.")]
    [InlineData("Dicom", "class C { object o = new HccPipeline.Persistence.Blobs.BlobOptions(); }", "Dicom names HccPipeline.Persistence.")]
    [InlineData("Contracts", "using Microsoft.Extensions.Logging;", "Contracts is pure and uses Microsoft.Extensions.Logging.")]
    [InlineData("Statistics", "using System.Data.Common;", "Statistics is pure and uses System.Data.Common.")]
    [InlineData("Radiomics", "using static MassTransit.Bind;", "Radiomics is pure and uses MassTransit.Bind.")]
    [InlineData("Imaging", "class C(TimeProvider clock);", "Imaging is pure and reads TimeProvider.")]
    public void InSource_DoorTheWrongWay_IsFound(string room, string source, string finding) =>
        Assert.Equal([finding], Doors.InSource(Room.Of(room), source));

    [Theory]
    [InlineData("// see HccPipeline.Cli\nclass C;")]
    [InlineData("/* HccPipeline.Cli */ class C;")]
    [InlineData("class C { string s = \"HccPipeline.Cli // \"; string t = \"\"\"HccPipeline.Ingest\"\"\"; char c = '\"'; }")]
    public void InSource_NamesInCommentsAndText_AreNotReferences(string source) =>
        Assert.Empty(Doors.InSource(Room.Of("Statistics"), source));

    [Fact]
    public void InSource_NameAfterTextThatLooksLikeAComment_IsStillFound() =>
        Assert.Equal(["Hosting names HccPipeline.Cli."], Doors.InSource(Room.Of("Hosting"), "class C { string s = \"http://x\"; HccPipeline.Cli.Roles r; }"));

    public static TheoryData<string> Rooms() => [.. Room.House.Select(r => r.Name)];
}
