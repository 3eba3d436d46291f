BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    Set-StrictMode -Version Latest
    $script = Join-Path $PSScriptRoot '..' '..' 'examples' 'night.ps1'
}

Describe 'A night with sixty pictures' {
    BeforeAll {
        $pictures = (New-Item -ItemType Directory (Join-Path $TestDrive 'pictures')).FullName
        $painted = Join-Path $TestDrive 'painted'
        $checkpoints = (New-Item -ItemType Directory (Join-Path $painted 'checkpoints')).FullName
        # Thirty names, each with two extensions.
        $others = 'jpg', 'webp', 'tif', 'jpeg', 'avif'
        foreach ($i in 0..29) {
            $name = Join-Path $pictures ('p{0:00}' -f $i)
            New-TestPicture "$name.png" -Width (6 + $i % 7) -Height (5 + $i % 4)
            New-MlpNetwork 4 -Seed $i | Export-GeneratedImage "$name.$($others[$i % 5])" -Width (8 + $i % 5) -Height 7
        }
        $broken = @{ 'p03.png' = 'Empty'; 'p05.jpg' = 'NotAPicture'; 'p11.png' = 'Damaged'; 'p13.png' = 'TooLarge'; 'p16.webp' = 'Damaged' }
        [IO.File]::WriteAllBytes((Join-Path $pictures 'p03.png'), [byte[]]::new(0))
        Set-Content (Join-Path $pictures 'p05.jpg') 'This is no picture.'
        foreach ($cut in 'p11.png', 'p16.webp') {
            $bytes = [IO.File]::ReadAllBytes((Join-Path $pictures $cut))
            [IO.File]::WriteAllBytes((Join-Path $pictures $cut), $bytes[0..($bytes.Length / 2)])
        }
        New-TestPicture (Join-Path $pictures 'p13.png') -ClaimedSide 100000
        # No pictures, and so without a row.
        Set-Content (Join-Path $pictures 'readme.txt') 'Sixty pictures.'
        # The checkpoint of a picture's run with other layers.
        $null = New-PixelDataset (Join-Path $pictures 'p20.png') |
            Invoke-MlpTraining -HiddenLayer 9 -Epoch 1 -CheckpointPath $checkpoints
        $training = @{ HiddenLayer = 4; Epoch = 1 }
    }

    It 'ends with sixty true rows' {
        $returned = & $script $pictures $painted -Training $training -ThrottleLimit 4 -WarningVariable warnings -WarningAction SilentlyContinue
        $LASTEXITCODE | Should -Be 1
        "$warnings" | Should -BeLike "6 of 60 pictures were not painted. *night.csv' says why."
        $rows = Import-Csv (Join-Path $painted 'night.csv')
        $rows.Count | Should -Be 60
        $rows.Picture | Should -Be (Get-ChildItem $pictures -Exclude *.txt | Sort-Object Name).Name
        $returned.Picture | Should -Be $rows.Picture
        foreach ($row in $rows) {
            if ($broken.ContainsKey($row.Picture) -or $row.Picture -eq 'p20.png') {
                $row.State | Should -Be 'Failed'
                $row.ErrorId | Should -Be ($broken[$row.Picture] ?? 'InvalidOption')
                $row.Message | Should -BeLike "*$($row.Picture.Substring(0, 3))*"
                $row.Painting | Should -BeNullOrEmpty
                continue
            }
            $row.State | Should -Be 'Painted'
            $picture = New-PixelDataset (Join-Path $pictures $row.Picture)
            [int] $row.Width, [int] $row.Height | Should -Be $picture.Width, $picture.Height
            # The model is of this picture, and so is the painting.
            $quality = Import-MlpModel (Join-Path $painted $row.Model) | Measure-GeneratedImage -Reference $picture
            [Math]::Abs($quality.Psnr - $row.Psnr) | Should -BeLessThan 0.001
            $quality = Measure-GeneratedImage (Join-Path $painted $row.Painting) -Reference $picture
            [Math]::Abs($quality.Psnr - $row.Psnr) | Should -BeLessThan 0.1
        }
        @($rows.Painting | Where-Object { $_ } | Select-Object -Unique).Count | Should -Be 54
        @(Get-ChildItem $painted -File).Count | Should -Be (2 * 54 + 1)
    }

    It 'learns nothing twice the next night, though pictures came and went' {
        $before = Import-Csv (Join-Path $painted 'night.csv') | Group-Object Picture -AsHashTable
        Remove-Item (Join-Path $pictures 'p00.jpg')
        Copy-Item (Join-Path $pictures 'p01.png') (Join-Path $pictures 'p02.png')
        $null = & $script $pictures $painted -Training $training -WarningAction SilentlyContinue
        $rows = Import-Csv (Join-Path $painted 'night.csv')
        $rows.Count | Should -Be 59
        foreach ($row in $rows | Where-Object State -EQ Painted | Where-Object Picture -NE 'p02.png') {
            $row.Seconds | Should -Be $before[$row.Picture].Seconds
            $row.Psnr | Should -Be $before[$row.Picture].Psnr
        }
        ($rows | Where-Object Picture -EQ 'p02.png').Psnr | Should -Be $before['p01.png'].Psnr
    }
}
